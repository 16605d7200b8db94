using System.Globalization;

namespace MlKit.Recommendation.Data;

/// <summary>The items of a generated data set: genres, series, popularity.</summary>
internal sealed class SyntheticCatalogue
{
    private const int SeriesLength = 6;

    public static readonly string[] Genres =
    [
        "Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family",
        "Fantasy", "History", "Horror", "Music", "Mystery", "Romance", "Science Fiction", "Western",
    ];

    private readonly int[][] _itemsOfGenre;
    private readonly double[][] _cumulative;

    public SyntheticCatalogue(SyntheticOptions options, Random random)
    {
        Details = new ItemDetails[options.Items];
        var appeal = new double[options.Items];
        var members = Array.ConvertAll(Genres, _ => new List<int>());
        int[] genres = [];
        for (var item = 0; item < options.Items; item++)
        {
            var part = item % SeriesLength;
            genres = part == 0 ? DrawGenres(random) : genres;
            var year = 1960 + random.Next(options.Start.Year - 1960);
            var name = string.Create(CultureInfo.InvariantCulture, $"{Genres[genres[0]]} {item / SeriesLength + 1}, part {part + 1}");
            Details[item] = new ItemDetails(name, [.. genres.Select(g => Genres[g])], year);
            appeal[item] = 1.0 / Math.Pow(1 + random.Next(options.Items), 0.8);
            foreach (var genre in genres)
            {
                members[genre].Add(item);
            }
        }

        _itemsOfGenre = Array.ConvertAll(members, list => list.ToArray());
        _cumulative = Array.ConvertAll(_itemsOfGenre, list => Accumulate(list, appeal));
    }

    public ItemDetails[] Details { get; }

    /// <summary>The next part of the item's series, or -1 after the last.</summary>
    public int NextPart(int item) =>
        item % SeriesLength < SeriesLength - 1 && item + 1 < Details.Length ? item + 1 : -1;

    public int Draw(int genre, Random random)
    {
        var sums = _cumulative[genre];
        if (sums.Length == 0)
        {
            return random.Next(Details.Length);
        }

        var at = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return _itemsOfGenre[genre][Math.Min(at < 0 ? ~at : at, sums.Length - 1)];
    }

    private static int[] DrawGenres(Random random)
    {
        var genres = new int[1 + random.Next(3)];
        for (var i = 0; i < genres.Length; i++)
        {
            genres[i] = random.Next(Genres.Length);
        }

        return [.. genres.Distinct()];
    }

    private static double[] Accumulate(int[] items, double[] appeal)
    {
        var sums = new double[items.Length];
        var sum = 0.0;
        for (var i = 0; i < items.Length; i++)
        {
            sum += appeal[items[i]];
            sums[i] = sum;
        }

        return sums;
    }
}
