using System.Reflection;
using System.Text.RegularExpressions;

namespace MlKit.Tests.Conformance;

/// <summary>
/// The description of MLflow has two lists: what real clients need (section 24) and what was once a hole (section 20).
/// Every entry has a test that is named after it, or carries it as trait: a new entry without one fails here.
/// </summary>
public sealed partial class CoverageTests
{
    public const string Entry = "entry";

    /// <summary>Entries without a number, by the words that they begin with; tests carry these words as trait.</summary>
    private static readonly string[] Unnumbered = ["stored XSS class", "gateway proxy SSRF class"];

    [Fact]
    public async Task Every_row_of_the_checklist_has_a_test()
    {
        var section = await SectionAsync(24);
        var rows = Row().Matches(section).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(13, rows.Count);
        var names = Tests().ToList();
        var missing = rows.Where(row => !names.Exists(name => IsOf(name, row))).ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Every_finding_of_the_security_history_has_a_test()
    {
        var section = await SectionAsync(20);
        var entries = Line().Matches(section).Select(match => match.Groups[1].Value.Trim()).ToList();
        Assert.True(entries.Count > 15, $"only {entries.Count} entries were found");
        var names = Tests().ToList();
        var missing = entries.SelectMany(Findings).Where(finding => !names.Exists(name => Covers(name, finding))).ToList();
        Assert.Empty(missing);
    }

    /// <summary>Row 12 is the security history itself.</summary>
    private static bool IsOf(string name, int row) =>
        name.StartsWith($"Row_{row:00}_", StringComparison.Ordinal) || (row == 12 && name.StartsWith("CVE_", StringComparison.Ordinal));

    /// <summary>The findings that a first column names, for example <c>CVE-2023-6831</c> or <c>PR 11376</c>.</summary>
    private static IEnumerable<string> Findings(string entry) => Array.Find(Unnumbered, entry.StartsWith) is { } words
        ? [words]
        : Number().Matches(entry).Select(match => match.Value);

    /// <summary>A test's name has <c>CVE_2023_6831</c>, or <c>CVE_2023_1177_2356</c> for two of one year.</summary>
    private static bool Covers(string name, string finding)
    {
        var parts = finding.Split('-', ' ', '#').Where(part => part.Length > 0).ToList();
        return name == finding || parts.TrueForAll(part => name.Split('_').Contains(part, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Names of all tests of this project, and the entries that they carry as traits.</summary>
    private static IEnumerable<string> Tests() => typeof(CoverageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
        .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
        .SelectMany(method => method.GetCustomAttributes<TraitAttribute>()
            .Where(trait => trait.Name == Entry).Select(trait => trait.Value).Append(method.Name));

    private static async Task<string> SectionAsync(int number)
    {
        var sheet = await File.ReadAllTextAsync(SharedMaterial.Require("reference", "mlflow.md"), TestContext.Current.CancellationToken);
        var start = sheet.IndexOf($"\n## {number}. ", StringComparison.Ordinal);
        Assert.True(start >= 0, $"section {number} is there");
        var end = sheet.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? sheet[start..] : sheet[start..end];
    }

    [GeneratedRegex(@"^(\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?!Id \||---)([^|]+)\|", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"CVE-\d{4}-\d+|PR \d+|issue #\d+")]
    private static partial Regex Number();
}
