using System.Globalization;

namespace MlKit.Tests.Search;

/// <summary>Writes sample clauses and orders in any of the spellings that the grammar allows.</summary>
internal sealed class SampleText(Random random)
{
    public string Filter(IReadOnlyList<SampleClause> clauses) =>
        Blank() + string.Join($" {Blank()}{Case("AND")} {Blank()}", clauses.Select(Clause)) + Blank();

    public string Order(SampleOrder order)
    {
        var name = Identifier(order.Field, order.Key, inOrder: true);
        return order.Descending ? $"{name} {Case("DESC")}" : random.Next(2) == 0 ? name : $"{name} {Case("ASC")}";
    }

    private string Clause(SampleClause clause)
    {
        var name = Identifier(clause.Field, clause.Key, inOrder: false);
        return clause.Comparator switch
        {
            "IS NULL" or "IS NOT NULL" => $"{name} {Case(clause.Comparator)}",
            "IN" or "NOT IN" => $"{name} {Case(clause.Comparator)} ({Blank()}{string.Join($"{Blank()},{Blank()}", clause.List.Select(Quoted))}{Blank()})",
            "LIKE" or "ILIKE" => $"{name} {Case(clause.Comparator)} {Quoted(clause.Text)}",
            _ => name + Blank() + clause.Comparator + Blank() + Value(clause),
        };
    }

    private string Value(SampleClause clause) =>
        clause.Field is SampleField.Metric or SampleField.StartTime or SampleField.EndTime
            ? clause.Number.ToString(random.Next(3) == 0 ? "E16" : "R", CultureInfo.InvariantCulture)
            : Quoted(clause.Text);

    private string Identifier(SampleField field, string key, bool inOrder) => field switch
    {
        SampleField.RunId => Attribute("run_id"),
        SampleField.Name => Attribute(inOrder ? "run_name" : Pick("run_name", "`run name`", "\"Run name\"", "`Run Name`")),
        SampleField.UserId => Attribute("user_id"),
        SampleField.Status => Attribute("status"),
        SampleField.ArtifactUri => Attribute("artifact_uri"),
        SampleField.StartTime => Attribute(Pick("start_time", "created", "Created")),
        SampleField.EndTime => Attribute("end_time"),
        SampleField.Metric => $"{Pick("metrics", "metric", "`metrics`")}.{Key(key)}",
        SampleField.Param => $"{Pick("params", "param", "parameters", "parameter")}.{Key(key)}",
        SampleField.Tag => $"{Pick("tags", "tag")}.{Key(key)}",
        _ => $"{Pick("datasets", "dataset")}.{field switch { SampleField.DatasetName => "name", SampleField.DatasetDigest => "digest", _ => "context" }}",
    };

    private string Attribute(string name) => Pick("", "attributes.", "attribute.", "attr.", "run.") + name;

    private string Key(string key) =>
        key.All(character => char.IsAsciiLetter(character) || character is '_' or '.') && random.Next(2) == 0
            ? key
            : Pick($"`{key}`", $"\"{key}\"");

    private string Quoted(string value) => value.Contains('\'', StringComparison.Ordinal) ? $"\"{value}\""
        : value.Contains('"', StringComparison.Ordinal) ? $"'{value}'"
        : Pick($"'{value}'", $"\"{value}\"");

    private string Case(string keyword) => random.Next(3) switch
    {
        0 => keyword,
        1 => keyword.ToLowerInvariant(),
        _ => char.ToUpperInvariant(keyword[0]) + keyword[1..].ToLowerInvariant(),
    };

    private string Blank() => Pick("", " ", "  ", "\t", "\n");

    private string Pick(params string[] items) => items[random.Next(items.Length)];
}
