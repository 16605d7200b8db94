namespace MlKit.RecommendationApi.Hosting;

/// <summary>A page to try the API: one file, nothing loaded from elsewhere.</summary>
internal static class DemoPage
{
    public static string Html { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(DemoPage).Assembly.GetManifestResourceStream("demo.html")
            ?? throw new InvalidOperationException("the demo page is missing from the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
