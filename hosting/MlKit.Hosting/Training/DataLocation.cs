namespace Aspire.Hosting;

/// <summary>A location of data as a user gives it.</summary>
internal static class DataLocation
{
    /// <summary>A path made absolute against the working folder, because services start in other ones; a URI as it is.</summary>
    public static string Absolute(string location) =>
        location.Contains("://", StringComparison.Ordinal) ? location : Path.GetFullPath(location);
}
