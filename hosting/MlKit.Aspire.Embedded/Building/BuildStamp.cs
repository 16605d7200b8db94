using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlKit.Aspire.Embedded.Building;

/// <summary>
/// Decides without MSBuild whether a project must be built: a stamp beside its facts holds the fingerprint (names, sizes,
/// times) of everything it was made from at the last good build, and of what stands in its folder.
/// </summary>
internal sealed class BuildStamp(string folder)
{
    private readonly Dictionary<string, BuildFacts> _facts = new(StringComparer.Ordinal);

    /// <summary>Reads the facts that builds left in the folder.</summary>
    public void Load()
    {
        _facts.Clear();
        foreach (var file in Directory.EnumerateFiles(folder, "*.facts"))
        {
            if (BuildFacts.TryRead(file) is { } facts)
            {
                _facts[facts.ProjectPath] = facts;
            }
        }
    }

    /// <summary>The facts of a project at its last good build, or null.</summary>
    public BuildFacts? Facts(string project) => _facts.GetValueOrDefault(project);

    /// <summary>Removes what is known of a project, so that only a build that succeeds brings it back.</summary>
    public void Forget(string project)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.facts").Where(f => BuildFacts.TryRead(f)?.ProjectPath == project))
        {
            File.Delete(file);
        }

        File.Delete(StampFile(project));
        _facts.Remove(project);
    }

    /// <summary>True when the project and all it references are as they were, and their outputs exist.</summary>
    public bool IsCurrent(string project, string configuration)
    {
        var stamp = StampFile(project);
        return File.Exists(stamp)
            && Closure(project) is { } closure
            && closure.All(facts => File.Exists(facts.TargetPath))
            && File.ReadAllText(stamp) == Fingerprint(closure, configuration);
    }

    /// <summary>Notes that the project was just built, unless a file was edited after the build began.</summary>
    public void Set(string project, string configuration, DateTimeOffset buildBegan)
    {
        if (Closure(project) is { } closure && !Sources(closure).Any(f => f.Exists && f.LastWriteTimeUtc >= buildBegan.UtcDateTime))
        {
            File.WriteAllText(StampFile(project), Fingerprint(closure, configuration));
        }
    }

    private List<BuildFacts>? Closure(string project)
    {
        var closure = new Dictionary<string, BuildFacts>(StringComparer.Ordinal);
        var open = new Stack<string>([project]);
        while (open.TryPop(out var next))
        {
            if (closure.ContainsKey(next))
            {
                continue;
            }

            if (Facts(next) is not { } facts)
            {
                return null;
            }

            closure.Add(next, facts);
            foreach (var reference in facts.References)
            {
                open.Push(reference);
            }
        }

        return [.. closure.Values.OrderBy(f => f.ProjectPath, StringComparer.Ordinal)];
    }

    private static string Fingerprint(List<BuildFacts> closure, string configuration)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Add(configuration);
        Add(Environment.Version.ToString());
        foreach (var file in Sources(closure).Concat(closure.Select(facts => new FileInfo(facts.TargetPath))))
        {
            Add(Describe(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<FileInfo> Sources(List<BuildFacts> closure) => closure
        .SelectMany(facts => SourceTree.Files(Path.GetDirectoryName(facts.ProjectPath)!)
            .Concat(facts.Inputs.Where(i => !IsForeign(i)).Select(i => new FileInfo(i))))
        .DistinctBy(file => file.FullName, StringComparer.Ordinal);

    private static string Describe(FileInfo file) => file.Exists
        ? string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}")
        : file.FullName + "|absent";

    // Generated files and the SDK's own follow from the rest.
    private static bool IsForeign(string path) =>
        path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || path.EndsWith(".facts", StringComparison.Ordinal);

    private string StampFile(string project)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16];
        return Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(project)}-{name}.stamp");
    }
}
