namespace MlKit.Scorer.Tests.Support;

internal static class HttpText
{
    /// <summary>The body, whatever the status is.</summary>
    public static async Task<string> GetStringOrErrorAsync(this HttpClient http, string path)
    {
        var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
