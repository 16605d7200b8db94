using System.Security.Cryptography;
using System.Text;

namespace MlKit.Features;

/// <summary>
/// The columns of a ranking model, in order. What the data cannot give is not in the list, instead of being zero: data
/// without times have no column that needs a clock, data without genres none about genres. The list is written to the
/// model's metadata <c>mlkit.features</c>, from which serving builds the same rows.
/// </summary>
public sealed class RankingSchema
{
    private static readonly string[] List = ["retrieval_score", "retrieval_rank_log", "retrieval_gap"];
    private static readonly string[] OfUser = ["user_event_count_log", "user_mean_value"];
    private static readonly string[] OfGenres = ["genre_affinity"];

    private static readonly string[] OfClock =
    [
        "item_popularity_log", "item_recent_log", "item_trend", "item_mean_value", "item_age_years", "item_days_known_log",
        "popularity_gap", "hour", "weekday",
    ];

    private static readonly string[] Endings = ["_score", "_rank_log", "_list_z"];

    private RankingSchema(IReadOnlyList<string> names)
    {
        Names = names;

        // Raise the version when a column keeps its name but changes its meaning.
        const string version = "2";
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{version}\n{ViewSchemas.Text}\n{string.Join('\n', names)}")));
    }

    /// <summary>Column names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of columns.</summary>
    public int Width => Names.Count;

    /// <summary>SHA-256 (hex) over names, order and meaning, and the views behind them; also in the model's metadata <c>mlkit.feature_schema_hash</c>.</summary>
    public string Hash { get; }

    /// <summary>The columns that data of a kind can give.</summary>
    /// <param name="components">Names of the retrieval model's components.</param>
    /// <param name="hasClock">Whether events have times.</param>
    /// <param name="hasGenres">Whether items have genres.</param>
    public static RankingSchema Of(IReadOnlyList<string> components, bool hasClock, bool hasGenres) => new(
        [
            .. List, .. components.SelectMany(component => Endings.Select(ending => component + ending)), .. OfUser,
            .. hasGenres ? OfGenres : [], .. hasClock ? OfClock : [],
        ]);

    /// <summary>Reads the metadata of a model.</summary>
    /// <exception cref="FormatException">A column is not known here; the message names it.</exception>
    public static RankingSchema Parse(string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var list = names.Split(',');
        foreach (var name in list)
        {
            if (!List.Contains(name) && !OfUser.Contains(name) && !OfGenres.Contains(name) && !OfClock.Contains(name)
                && !TryComponent(name, out _, out _))
            {
                throw new FormatException($"the ranking model reads a column '{name}' that is not known here");
            }
        }

        return new RankingSchema(list);
    }

    /// <summary>Splits the name of a component's column.</summary>
    internal static bool TryComponent(string name, out string component, out string ending)
    {
        ending = Array.Find(Endings, one => name.EndsWith(one, StringComparison.Ordinal)) ?? "";
        component = ending.Length > 0 ? name[..^ending.Length] : "";
        return component.Length > 0 && component != "retrieval";
    }
}
