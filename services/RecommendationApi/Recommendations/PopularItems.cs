using System.Text.Json;
using MlKit.Features;
using MlKit.RecommendationApi.Stages;

namespace MlKit.RecommendationApi.Recommendations;

/// <summary>The last list of popular items, kept over restarts for the time when the scorer does not answer.</summary>
internal sealed class PopularItems
{
    private readonly string _file;
    private volatile RetrievalResult? _last;

    /// <param name="folder">Where the list is kept.</param>
    public PopularItems(string folder)
    {
        _file = Path.Combine(folder, "popular.json");
        _last = Read(_file);
    }

    /// <summary>Best first; null: there never was one.</summary>
    public RetrievalResult? Last => _last;

    /// <summary>Replaces the list, in memory and on disk.</summary>
    public async Task SetAsync(RetrievalResult popular, CancellationToken cancellationToken)
    {
        var unchanged = _last is { } last && last.Model == popular.Model && last.Candidates.Count == popular.Candidates.Count;
        _last = popular;
        if (unchanged && File.Exists(_file))
        {
            return;
        }

        var ids = popular.Candidates.Select(candidate => candidate.ItemId).ToList();
        var partial = $"{_file}.{Guid.NewGuid():n}";
        await File.WriteAllBytesAsync(partial, JsonSerializer.SerializeToUtf8Bytes(ids, ApiJson.Default.ListString), cancellationToken);
        File.Move(partial, _file, overwrite: true);
    }

    private static RetrievalResult? Read(string file)
    {
        try
        {
            var ids = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), ApiJson.Default.ListString) : null;
            return ids is { Count: > 0 }
                ? new RetrievalResult([.. ids.Select((id, i) => new Candidate(id, -i, default))], [], ModelUse.None)
                : null;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            // A damaged list is as good as none: the next answer of the scorer replaces it.
            return null;
        }
    }
}
