using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Shows the page that a launch profile opens.</summary>
internal static class LaunchUrls
{
    /// <summary>An absolute page takes the place of the first URL, a relative one completes the URLs of all endpoints.</summary>
    public static void Apply(ResourceUrlsCallbackContext context, string launchUrl)
    {
        if (Uri.TryCreate(launchUrl, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https")
        {
            if (context.Urls.FirstOrDefault(u => u.Endpoint is not null) is { } first)
            {
                first.Url = launchUrl;
            }

            return;
        }

        foreach (var url in context.Urls.Where(u => u.Endpoint is not null && Uri.TryCreate(u.Url, UriKind.Absolute, out _)))
        {
            url.Url = new Uri(new Uri(url.Url), launchUrl).ToString();
        }
    }
}
