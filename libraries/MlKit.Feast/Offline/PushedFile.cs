using System.Globalization;

namespace MlKit.Feast;

/// <summary>Names of files that writes added: when, and whether the same rows went to the online store.</summary>
internal static class PushedFile
{
    private const string Format = "yyyyMMdd'T'HHmmss.ffffff";

    public static string Name(DateTimeOffset time, bool alsoOnline) =>
        $"part-{time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}-{(alsoOnline ? "pushed-" : "")}{Guid.NewGuid():N}.parquet";

    /// <summary>SQL that reads the time from the name in <c>file</c>, where it tells of an online write; null otherwise.</summary>
    public const string PushTimeSql =
        @"try_strptime(regexp_extract(file, 'part-([0-9]{8}T[0-9]{6}\.[0-9]{6})-pushed-[0-9a-f]+\.parquet$', 1), '%Y%m%dT%H%M%S.%f')";
}
