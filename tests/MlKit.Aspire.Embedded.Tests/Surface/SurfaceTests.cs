using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace MlKit.Aspire.Embedded.Tests.Surface;

/// <summary>
/// The embedded host has what the description of Aspire's API names, with the same signatures, or the omissions file says
/// why not. What is outside fails at compile time, never at run time.
/// </summary>
public sealed partial class SurfaceTests
{
    private const string ExtensionSection = "Extension methods an AppHost calls";

    private static readonly IReadOnlyList<SubsetLine> Subset = SubsetFile.Read(File.ReadAllLines(Beside("aspire-api-subset.txt")));
    private static readonly Dictionary<string, string> Omissions = ReadOmissions();
    private static readonly Dictionary<string, Type> Types = typeof(DistributedApplication).Assembly.GetExportedTypes()
        .ToDictionary(SignatureText.FullName, StringComparer.Ordinal);

    private static readonly Dictionary<Type, Dictionary<string, MemberInfo>> MembersOf = [];

    [Fact]
    public void Every_line_is_there_exactly_or_omitted_with_a_reason()
    {
        var wrong = Subset.Where(line => !Omissions.ContainsKey(line.Key)).Select(Problem).OfType<string>().ToList();
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "surface-problems.txt"), wrong);
        Assert.True(wrong.Count == 0, $"{wrong.Count} lines of the description are not met:\n{string.Join('\n', wrong.Take(40))}");
    }

    [Fact]
    public void An_omission_is_a_line_of_the_description_that_is_really_missing()
    {
        var keys = Subset.ToLookup(line => line.Key);
        Assert.All(Omissions, omission =>
        {
            Assert.True(keys.Contains(omission.Key), $"no such line: {omission.Key}");
            Assert.True(omission.Value.Length > 10, $"no reason: {omission.Key}");
            Assert.True(keys[omission.Key].All(line => Problem(line) is not null), $"it is there: {omission.Key}");
        });
    }

    [Fact]
    public void No_extension_method_of_an_AppHost_and_at_most_a_quarter_of_the_rest_is_omitted()
    {
        Assert.DoesNotContain(Subset, line => line.Section == ExtensionSection && Omissions.ContainsKey(line.Key));
        var rest = Subset.Where(line => line.Section != ExtensionSection).ToList();
        var omitted = rest.Count(line => Omissions.ContainsKey(line.Key));
        Assert.True(omitted * 4 <= rest.Count, $"{omitted} of {rest.Count} are omitted");
    }

    private static string? Problem(SubsetLine line)
    {
        if (!Types.TryGetValue(line.Type, out var type))
        {
            return $"{line.Key}: no such type";
        }

        return line.Member is null ? TypeProblem(line, type) : MemberProblem(line, type);
    }

    private static string? TypeProblem(SubsetLine line, Type type)
    {
        var header = SignatureText.Header(type);
        if (header != line.Header)
        {
            return $"{line.Key}: is '{header}', not '{line.Header}'";
        }

        var bases = type.GetInterfaces().Append(type.BaseType).OfType<Type>().Select(t => TypeText.Name(t, null)).ToHashSet(StringComparer.Ordinal);
        var missing = line.Bases.Where(name => !bases.Contains(name)).ToList();
        return missing.Count > 0 ? $"{line.Key}: does not derive from {string.Join(", ", missing)}" : AttributeProblem(line, type, null);
    }

    private static string? MemberProblem(SubsetLine line, Type type)
    {
        if (!MembersOf.TryGetValue(type, out var members))
        {
            MembersOf[type] = members = SignatureText.Members(type);
        }

        // Reflection takes an unconstrained T for T?.
        if (members.TryGetValue(line.Member!, out var member) || members.TryGetValue(UnconstrainedParameter().Replace(line.Member!, "T?"), out member))
        {
            return AttributeProblem(line, member, type);
        }

        var name = NameOf(line.Member!);
        var near = members.Keys.Where(text => NameOf(text) == name).Distinct().ToList();
        return $"{line.Key}: missing" + (near.Count == 0 ? "" : $"; there is {string.Join(" ;; ", near)}");
    }

    private static string? AttributeProblem(SubsetLine line, MemberInfo member, Type? type)
    {
        // The compiler marks ref structs and constructors of types with required members for older compilers.
        var mark = member.GetCustomAttribute<ObsoleteAttribute>();
        if (line.Obsolete ? mark is null : mark is { IsError: false })
        {
            return $"{line.Key}: is {(line.Obsolete ? "not " : "")}obsolete";
        }

        var id = (member.GetCustomAttribute<ExperimentalAttribute>() ?? type?.GetCustomAttribute<ExperimentalAttribute>())?.DiagnosticId;
        // Where a member implements one of an experimental interface, the description marks it there only.
        return id == line.Experimental || (line.Experimental is null && id is not null && type?.GetInterfaces().Any(i => IsMarked(i, member.Name, id)) == true) ? null : $"{line.Key}: has the diagnostic '{id}', not '{line.Experimental}'";
    }

    private static bool IsMarked(Type type, string member, string id) =>
        type.GetMember(member).Any(m => m.GetCustomAttribute<ExperimentalAttribute>()?.DiagnosticId == id);

    private static string NameOf(string signature)
    {
        var head = signature.Split('(', '{', '=')[0].TrimEnd();
        return head[(head.LastIndexOf(' ') + 1)..].Split('<')[0];
    }

    // Lines "key :: reason"; a key that ends in " | *" stands for the type and all its members.
    private static Dictionary<string, string> ReadOmissions()
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parts in File.ReadAllLines(Beside("omissions.txt")).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(" :: ", 2)))
        {
            var reason = parts.Length == 2 ? parts[1].Trim() : "";
            var keys = parts[0].EndsWith(" | *", StringComparison.Ordinal)
                ? Subset.Where(line => line.Type == parts[0][..^4]).Select(line => line.Key).DefaultIfEmpty(parts[0])
                : [parts[0]];
            foreach (var key in keys)
            {
                result[key] = reason;
            }
        }

        return result;
    }

    [GeneratedRegex(@"(?<=[ <(])T(?=[ >,)])(?!>\()")]
    private static partial Regex UnconstrainedParameter();

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, "Surface", file);
}
