using System.Globalization;

namespace MlKit.Recommendation.Data;

/// <summary>
/// Generates interactions with structure that a model can find: each user likes two or three genres (found by
/// item-item models), items have unequal appeal (found by popularity), and items come in series that are met in
/// order (found by models that see time). A tenth of the events is noise.
/// </summary>
public static class SyntheticData
{
    private const int LeastEvents = 20;
    private const double NoiseShare = 0.1;

    /// <summary>Generates the data set; the same options give the same data on every machine.</summary>
    public static DataSet Generate(SyntheticOptions? options = null)
    {
        options ??= new SyntheticOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Users, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Items, LeastEvents, nameof(options));
        var random = new Random(options.Seed);
        var catalogue = new SyntheticCatalogue(options, random);
        var builder = new DataSetBuilder("synthetic");
        for (var user = 0; user < options.Users; user++)
        {
            AddUser(builder, user, options, catalogue, random);
        }

        var data = builder.Build();
        for (var item = 0; item < data.ItemIds.Length; item++)
        {
            data.Items[item] = catalogue.Details[int.Parse(data.ItemIds[item], CultureInfo.InvariantCulture) - 1];
        }

        return data;
    }

    private static void AddUser(
        DataSetBuilder builder, int user, SyntheticOptions options, SyntheticCatalogue catalogue, Random random)
    {
        var tastes = new int[2 + random.Next(2)];
        for (var i = 0; i < tastes.Length; i++)
        {
            tastes[i] = random.Next(SyntheticCatalogue.Genres.Length);
        }

        // An exponential tail gives few heavy users; at most half of the catalogue keeps something to recommend.
        var tail = -Math.Log(1 - random.NextDouble()) * Math.Max(0, options.MeanEventsPerUser - LeastEvents);
        var count = Math.Min(LeastEvents + (int)Math.Round(tail), options.Items / 2);
        var userId = (user + 1).ToString(CultureInfo.InvariantCulture);
        var times = Times(count, options, random);
        var seen = new HashSet<int>();
        var last = -1;
        foreach (var time in times)
        {
            last = NextItem(last, seen, tastes, options, catalogue, random);
            seen.Add(last);
            var liked = catalogue.Details[last].Genres.Any(g => tastes.Any(t => SyntheticCatalogue.Genres[t] == g));
            builder.Add(userId, (last + 1).ToString(CultureInfo.InvariantCulture), time, (liked ? 3 : 1) + random.Next(3));
        }
    }

    private static int NextItem(
        int last, HashSet<int> seen, int[] tastes, SyntheticOptions options, SyntheticCatalogue catalogue, Random random)
    {
        if (last >= 0 && random.NextDouble() < options.SeriesShare
            && catalogue.NextPart(last) is var next and >= 0 && !seen.Contains(next))
        {
            return next;
        }

        const int patience = 30;
        for (var attempt = 0; attempt < patience; attempt++)
        {
            var genre = random.NextDouble() < NoiseShare
                ? random.Next(SyntheticCatalogue.Genres.Length)
                : tastes[random.Next(tastes.Length)];
            var item = catalogue.Draw(genre, random);
            if (!seen.Contains(item))
            {
                return item;
            }
        }

        int any;
        do
        {
            any = random.Next(options.Items);
        }
        while (seen.Contains(any));

        return any;
    }

    /// <summary>A user joins at some day and comes back in sessions; times rise strictly.</summary>
    private static long[] Times(int count, SyntheticOptions options, Random random)
    {
        var start = options.Start.ToUnixTimeSeconds();
        var span = (long)options.Span.TotalSeconds;
        var join = start + (long)(random.NextDouble() * 0.8 * span);
        var times = new SortedSet<long>();
        while (times.Count < count)
        {
            var session = join + (long)(random.NextDouble() * (start + span - join));
            for (var n = 1 + random.Next(8); n > 0 && times.Count < count; n--)
            {
                times.Add(Math.Min(session += 30 + random.Next(600), start + span - 1 - random.Next(600)));
            }
        }

        return [.. times];
    }
}
