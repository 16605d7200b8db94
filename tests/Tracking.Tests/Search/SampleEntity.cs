using System.Globalization;
using System.Text.RegularExpressions;

namespace MlKit.Tests.Search;

/// <summary>Something that a search finds, as plain data: what each field of its grammar holds.</summary>
/// <param name="Id">What the search answers it by.</param>
/// <param name="Texts">Fields of text by the name that filters give them; a name that is missing has no value.</param>
/// <param name="Numbers">The same for numbers; several values where any of them may match.</param>
internal sealed record SampleEntity(
    string Id, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, IReadOnlyList<double>> Numbers);

/// <summary>A comparison as data, evaluated by the rules of the grammars' description and by nothing of the service.</summary>
internal sealed record EntityClause(string Field, bool IsNumber, string Comparator, string Text, double Number)
{
    public bool Matches(SampleEntity entity) => IsNumber
        ? entity.Numbers.TryGetValue(Field, out var values) && values.Any(Compare)
        : Comparator switch
        {
            "IS NULL" => !entity.Texts.ContainsKey(Field),
            "IS NOT NULL" => entity.Texts.ContainsKey(Field),
            _ => entity.Texts.TryGetValue(Field, out var text) && Compare(text),
        };

    public override string ToString() => Comparator switch
    {
        "IS NULL" or "IS NOT NULL" => $"{Field} {Comparator}",
        "IN" or "NOT IN" => $"{Field} {Comparator} ('{Text}', 'zz')",
        _ => IsNumber
            ? string.Create(CultureInfo.InvariantCulture, $"{Field} {Comparator} {Number}")
            : $"{Field} {Comparator} '{Text}'",
    };

    private bool Compare(double value) => double.IsNaN(value) ? Comparator == "!=" : SampleComparison.Holds(value, Comparator, Number);

    private bool Compare(string value) => Comparator switch
    {
        "=" => value == Text,
        "!=" => value != Text,
        "IN" => value == Text || value == "zz",
        "NOT IN" => value != Text && value != "zz",
        "LIKE" => Like(value, RegexOptions.None),
        _ => Like(value, RegexOptions.IgnoreCase),
    };

    private bool Like(string value, RegexOptions options) => Regex.IsMatch(
        value,
        @"\A" + string.Concat(Text.Select(character => character switch
        {
            '%' => @"[\s\S]*",
            '_' => @"[\s\S]",
            _ => Regex.Escape(character.ToString()),
        })) + @"\z",
        options | RegexOptions.CultureInvariant);
}
