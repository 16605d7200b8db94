using System.Globalization;
using System.Reflection;
using MlKit.Feast;
using MlKit.Features;

namespace MlKit.FeatureServer.Commands;

/// <summary>Arguments, options and the store of one command.</summary>
internal sealed class CommandContext : IAsyncDisposable
{
    private static readonly string[] WithValue = ["--repo", "--definitions", "--views", "--features", "--feature-service", "--entities"];

    private readonly Dictionary<string, string> _options;

    private CommandContext(List<string> arguments, Dictionary<string, string> options, FeatureStore store, TextWriter output, CancellationToken cancellationToken)
    {
        Arguments = arguments;
        _options = options;
        Store = store;
        Output = output;
        CancellationToken = cancellationToken;
    }

    public IReadOnlyList<string> Arguments { get; }

    public FeatureStore Store { get; }

    public TextWriter Output { get; }

    public CancellationToken CancellationToken { get; }

    /// <exception cref="CommandException">An option is unknown or lacks its value.</exception>
    /// <exception cref="InvalidOperationException">A setting is not allowed.</exception>
    public static CommandContext Create(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var arguments = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (WithValue.Contains(args[i]))
            {
                options[args[i]] = i + 1 < args.Length ? args[++i] : throw new CommandException($"{args[^1]} needs a value");
            }
            else if (args[i] == "--full-feature-names")
            {
                options[args[i]] = "true";
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
            {
                settings.AddRange([args[i], args[++i]]);
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new CommandException($"the option {args[i]} is not known, or lacks its value");
            }
            else
            {
                arguments.Add(args[i]);
            }
        }

        if (options.TryGetValue("--repo", out var folder))
        {
            settings.AddRange(["--repo", folder]);
        }

        return new CommandContext(arguments, options, new FeatureStore(FeatureServerApp.Settings([.. settings]).Store), output, cancellationToken);
    }

    public string? Option(string name) => _options.GetValueOrDefault(name);

    public bool FullFeatureNames => _options.ContainsKey("--full-feature-names");

    /// <summary>A list separated by commas; null where the option is absent.</summary>
    public IReadOnlyList<string>? List(string name) =>
        Option(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="CommandException">Another number of arguments is there.</exception>
    public void Expect(params string[] names)
    {
        if (Arguments.Count != names.Length)
        {
            throw new CommandException(names.Length == 0
                ? $"no arguments are wanted, but {Arguments.Count} are there"
                : $"wanted are {string.Join(" ", names)}, but {Arguments.Count} arguments are there");
        }
    }

    /// <exception cref="CommandException">The argument is no time.</exception>
    public DateTimeOffset Time(int argument) =>
        DateTimeOffset.TryParse(Arguments[argument], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new CommandException($"'{Arguments[argument]}' is no time; use ISO 8601, for example 2024-05-01T12:00:00Z");

    /// <summary>The definitions that <c>--definitions</c> names, or the reference application's.</summary>
    /// <exception cref="CommandException">The assembly cannot be loaded, or declares nothing.</exception>
    public FeatureDefinitions Definitions()
    {
        if (Option("--definitions") is not { } path)
        {
            return RecommenderFeatures.Definitions;
        }

        try
        {
            var definitions = FeatureDefinitions.Of(Assembly.LoadFrom(Path.GetFullPath(path)));
            return definitions.Views.Count > 0 ? definitions : throw new CommandException($"'{path}' declares no feature view");
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            throw new CommandException($"'{path}' cannot be loaded: {error.Message}");
        }
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
