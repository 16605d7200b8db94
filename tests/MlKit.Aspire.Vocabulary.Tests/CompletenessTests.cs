using System.Text.RegularExpressions;

namespace MlKit.Aspire.Vocabulary;

/// <summary>Every method by which an AppHost says something has a test of what it does, named after it.</summary>
public sealed partial class CompletenessTests
{
    [Fact]
    public void Each_extension_method_of_the_description_has_a_test_named_after_it()
    {
        var tests = typeof(CompletenessTests).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .Where(m => m.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(m => m.Name.Split('_')[0])
            .ToHashSet(StringComparer.Ordinal);
        var missing = Names().Distinct().Where(name => !tests.Contains(name)).Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"{missing.Count} without a test: {string.Join(", ", missing)}");
    }

    // Extension methods on the builders of applications and resources, those left out excepted.
    private static IEnumerable<string> Names()
    {
        var omitted = File.ReadAllLines(Beside("omissions.txt")).Select(line => line.Split(" :: ")[0]).ToHashSet(StringComparer.Ordinal);
        var type = "";
        foreach (var line in File.ReadAllLines(Beside("aspire-api-subset.txt")))
        {
            if (TypeLine().Match(line) is { Success: true } header)
            {
                type = header.Groups["type"].Value;
            }
            else if (MethodLine().Match(line) is { Success: true } method
                && !omitted.Contains($"{type} | *") && !omitted.Contains($"{type} | {line[4..].Split(" [")[0]}"))
            {
                yield return method.Groups["name"].Value;
            }
        }
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, "Surface", file);

    [GeneratedRegex(@"^[ +^-] (?:\w+ )*static class (?<type>[\w.]+)")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^  [ +^] \S.* (?<name>\w+)(?:<[^(]*>)?\(this (?:IResourceBuilder<|IDistributedApplicationBuilder |IDistributedApplicationPipeline |T builder)")]
    private static partial Regex MethodLine();
}
