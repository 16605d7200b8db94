using System.IO.Compression;
using Microsoft.ML;

namespace MlKit.Recommendation.Ranking;

/// <summary>ML.NET stamps the entries of its archives with the time of day; without the stamps equal models are equal files.</summary>
internal static class StableZip
{
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The archive of a model that asks for its features only: who scores has neither labels nor groups.</summary>
    public static byte[] Save(MLContext ml, ITransformer fitted, IDataView view, string features)
    {
        using var archive = new MemoryStream();
        var inputs = new DataViewSchema.Builder();
        inputs.AddColumn(features, view.Schema[features].Type);
        ml.Model.Save(fitted, inputs.ToSchema(), archive);
        archive.Position = 0;
        return Normalise(archive);
    }

    private static byte[] Normalise(Stream archive)
    {
        using var answer = new MemoryStream();
        using (var from = new ZipArchive(archive, ZipArchiveMode.Read))
        using (var to = new ZipArchive(answer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries.OrderBy(one => one.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                copy.LastWriteTime = FixedTime;
                using var read = entry.Open();
                using var write = copy.Open();
                read.CopyTo(write);
            }
        }

        return answer.ToArray();
    }
}
