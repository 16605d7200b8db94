using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>Genres of the items as vectors of length 1.</summary>
internal static class GenreTraits
{
    /// <summary>More different genres than this are tags, of which only the most frequent are kept.</summary>
    private const int MostTraits = 64;

    public static (float[] Traits, int Width) Of(DataSet data, ItemVocabulary items)
    {
        string[] genres =
        [
            .. items.DataIndex.SelectMany(item => data.Items[item].Genres)
                .CountBy(genre => genre)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(MostTraits).Select(pair => pair.Key),
        ];
        var traits = new float[items.Count * genres.Length];
        for (var item = 0; item < items.Count; item++)
        {
            var own = data.Items[items.DataIndex[item]].Genres.Select(genre => Array.IndexOf(genres, genre)).Where(at => at >= 0).Distinct().ToArray();
            foreach (var at in own)
            {
                traits[(item * genres.Length) + at] = 1 / MathF.Sqrt(own.Length);
            }
        }

        return (traits, genres.Length);
    }
}
