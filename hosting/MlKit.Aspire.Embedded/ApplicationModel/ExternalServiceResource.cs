using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service that runs elsewhere and is reached by its URL.</summary>
public sealed class ExternalServiceResource : Resource
{
    /// <summary>Creates a service of a fixed address.</summary>
    /// <param name="name">The name.</param>
    /// <param name="uri">Absolute, with the path <c>/</c> and no query or fragment.</param>
    /// <exception cref="ArgumentException">The URI breaks one of those rules.</exception>
    public ExternalServiceResource(string name, Uri uri)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (Broken(uri) is { } message)
        {
            throw new ArgumentException(message, nameof(uri));
        }

        Uri = uri;
    }

    /// <summary>Creates a service whose URL is a parameter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="urlParameter">Its value is the URL.</param>
    public ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        UrlParameter = urlParameter;
    }

    /// <summary>The fixed address, or null.</summary>
    public Uri? Uri { get; }

    /// <summary>The parameter that holds the URL, or null.</summary>
    public ParameterResource? UrlParameter { get; }

    /// <summary>What is wrong with <paramref name="uri"/> as the URL of a service, or null.</summary>
    internal static string? Broken(Uri uri)
    {
        if (!uri.IsAbsoluteUri)
        {
            return $"The URI for the external service must be absolute, '{uri}' is not.";
        }

        if (uri.AbsolutePath != "/")
        {
            return $"The URI absolute path must be \"/\", '{uri}' has '{uri.AbsolutePath}'.";
        }

        return uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"The URI '{uri}' must have no query or fragment." : null;
    }
}
