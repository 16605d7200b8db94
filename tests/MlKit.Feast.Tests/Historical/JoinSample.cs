using System.Text.Json;
using CsCheck;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>
/// A small random join: a view over a few files, and entity rows. Keys, event times and created times come from a handful
/// of values each, so that most rows are tied with others, and any of them may be absent.
/// </summary>
/// <param name="Keys">Number of join keys: 0, 1 (a number) or 2 (a number and a text).</param>
/// <param name="HasCreated">Whether the source has a created time.</param>
/// <param name="TtlSeconds">The view's ttl; 0: none.</param>
/// <param name="Files">Rows of each file, in the order of the files.</param>
/// <param name="Entities">The entity rows.</param>
internal sealed record JoinSample(int Keys, bool HasCreated, int TtlSeconds, JoinSample.SourceRow[][] Files, JoinSample.EntityRow[] Entities)
{
    internal sealed record SourceRow(long? User, string? Place, int? Time, int? Created, long? Value);

    internal sealed record EntityRow(long? User, string? Place, int? Time);

    private static readonly Gen<long?> Users = Gen.Frequency((1, Gen.Const((long?)null)), (9, Gen.Long[1, 3].Select(user => (long?)user)));

    private static readonly Gen<string?> Places = Gen.Int[0, 3].Select(i => new[] { null, "", "é'\"", "x" }[i]);

    private static readonly Gen<int?> Times = Gen.Frequency((1, Gen.Const((int?)null)), (12, Gen.Int[-4, 4].Select(time => (int?)time)));

    /// <summary>Any sample; DuckDB joins fewer than 64 entity rows in another way than more.</summary>
    public static Gen<JoinSample> Any { get; } =
        from keys in Gen.Int[0, 2]
        from created in Gen.Bool
        from ttl in Gen.Int[0, 3]
        from files in Gen.Select(Users, Places, Times, Times, Gen.OneOf(Gen.Const((long?)null), Gen.Long.Select(value => (long?)value)))
            .Select(row => new SourceRow(row.Item1, row.Item2, row.Item3, row.Item4, row.Item5)).Array[0, 25].Array[1, 3]
        from entityRows in Gen.OneOf(Gen.Int[1, 25], Gen.Int[65, 150])
        from entities in Gen.Select(Users, Places, Times).Select(row => new EntityRow(row.Item1, row.Item2, row.Item3)).Array[entityRows]
        select new JoinSample(keys, created, ttl, files, entities);

    /// <summary>What a time of the sample stands for; before and after 1970.</summary>
    public static DateTimeOffset At(int time) => DateTimeOffset.UnixEpoch.AddSeconds(time);

    public FeatureDefinitions Definitions => new()
    {
        Entities = [new Entity("user", ValueType.Int64), new Entity("place")],
        Views =
        [
            new FeatureView("v", new FileSource("s", "v") { CreatedTimestampColumn = HasCreated ? "created" : "" })
            {
                Entities = [.. new[] { "user", "place" }.Take(Keys)],
                Schema = [new Field("value", ValueType.Int64)],
                Ttl = TimeSpan.FromSeconds(TtlSeconds),
            },
        ],
    };

    public FeatureFrame EntityFrame => new(
        new FeatureColumn("user", Entities.Select(row => row.User).ToArray()),
        new FeatureColumn("place", Entities.Select(row => row.Place).ToArray()),
        new FeatureColumn("event_timestamp", Entities.Select(row => row.Time is { } time ? At(time) : (DateTimeOffset?)null).ToArray()));

    /// <summary>Writes the files of the view and the entity rows, as <c>v/part-N.parquet</c> and <c>entities.parquet</c>.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "v"));
        using var duck = new DuckSession(new OfflineStoreOptions());
        for (var file = 0; file < Files.Length; file++)
        {
            Copy(Files[file].Select(row => $"({Sql(row.User)}, {Sql(row.Place)}, {Time(row.Time)}, {Time(row.Created)}, {Sql(row.Value)})"), $"v/part-{file}.parquet", "created", "value");
        }

        Copy(Entities.Select(row => $"({Sql(row.User)}, {Sql(row.Place)}, {Time(row.Time)})"), "entities.parquet");

        void Copy(IEnumerable<string> rows, string file, params string[] more)
        {
            var types = more.Length == 0 ? "" : ", TIMESTAMPTZ '1970-01-01', 1::BIGINT";
            duck.Run($"""
                COPY (SELECT * FROM (VALUES {string.Join(", ", rows.Prepend($"(1::BIGINT, 'x', TIMESTAMPTZ '1970-01-01'{types})"))}) t({string.Join(", ", (string[])["\"user\"", "place", "event_timestamp", .. more])}) OFFSET 1)
                TO '{Path.Combine(folder, file)}' (FORMAT parquet)
                """);
        }

        static string Sql(object? value) => value switch { null => "NULL", string text => DuckType.Text(text), _ => $"{value}" };
        static string Time(int? time) => time is { } known ? $"TIMESTAMPTZ '{At(known):yyyy-MM-dd HH:mm:ss}'" : "NULL";
    }

    /// <summary>The value of each entity row by the rules of Feast's DuckDB store, row against row.</summary>
    public long?[] Expected(bool filterByCreated = false, int? knownAt = null)
    {
        var rows = Files.SelectMany((file, number) => file.Select((row, index) => (Row: row, File: number, Index: index))).ToList();
        return [.. Entities.Select(entity => rows
            .Where(source => IsSame(entity, source.Row) && source.Row.Time is { } time && time <= entity.Time)
            .Where(source => !filterByCreated || !HasCreated || source.Row.Created <= entity.Time)
            .Where(source => knownAt is null || (source.Row.Time <= knownAt && (!HasCreated || source.Row.Created is null || source.Row.Created <= knownAt)))
            .Where(source => TtlSeconds == 0 || source.Row.Time + TtlSeconds >= entity.Time)
            .OrderBy(source => source.Row.Time).ThenBy(source => HasCreated ? source.Row.Created ?? int.MinValue : 0).ThenBy(source => source.File).ThenBy(source => source.Index)
            .LastOrDefault().Row?.Value)];
    }

    /// <summary>All rows, for the report of a sample that fails.</summary>
    public override string ToString() => JsonSerializer.Serialize(new { Keys, HasCreated, TtlSeconds, Files, Entities });

    private bool IsSame(EntityRow entity, SourceRow source) =>
        (Keys < 1 || (entity.User is { } user && user == source.User)) && (Keys < 2 || (entity.Place is { } place && place == source.Place));
}
