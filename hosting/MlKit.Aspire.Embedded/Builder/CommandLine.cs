namespace Aspire.Hosting;

/// <summary>The switches of an AppHost's command line and the configuration keys behind them.</summary>
internal static class CommandLine
{
    private const string OperationKey = "AppHost:Operation";
    private const string PublisherKey = "Publishing:Publisher";

    public static Dictionary<string, string> SwitchMappings { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--operation"] = OperationKey,
        ["--publisher"] = PublisherKey,
        ["--step"] = "Pipeline:Step",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--output-format"] = "Pipeline:OutputFormat",
        ["--manifests"] = "Pipeline:Manifests",
        ["--json"] = "Pipeline:Json",
        ["--log-level"] = "Pipeline:LogLevel",
        ["--include-exception-details"] = "Pipeline:IncludeExceptionDetails",
        ["--clear-cache"] = "Pipeline:ClearCache",
        ["--list-steps"] = "Pipeline:ListSteps",
        ["--yes"] = "Pipeline:SkipConfirmation",
        ["--dcp-cli-path"] = "DcpPublisher:CliPath",
        ["--dcp-container-runtime"] = "DcpPublisher:ContainerRuntime",
        ["--dcp-dependency-check-timeout"] = "DcpPublisher:DependencyCheckTimeout",
        ["--dcp-dashboard-path"] = "DcpPublisher:DashboardPath",
    };

    /// <summary>Switches that need no value; configuration takes none without.</summary>
    private static readonly HashSet<string> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        "--json", "--include-exception-details", "--clear-cache", "--list-steps", "--yes",
    };

    private static readonly string[] HelpSwitches = ["--help", "-h", "-?"];

    /// <summary>True when the arguments ask for help in place of a run.</summary>
    public static bool AsksForHelp(string[]? args) => args?.Any(HelpSwitches.Contains) == true;

    /// <summary>The arguments that are settings: configuration cannot read a switch that has no value.</summary>
    public static string[] Settings(string[] args) => [.. args.Where(arg => !HelpSwitches.Contains(arg))];

    /// <summary>The arguments with <c>=true</c> behind each switch that stands for itself.</summary>
    public static string[] Normalize(string[] args) =>
        [.. args.Select((arg, index) => Flags.Contains(arg) && (index + 1 == args.Length || args[index + 1].StartsWith("--", StringComparison.Ordinal))
            ? $"{arg}=true"
            : arg)];

    /// <summary>What the AppHost was started for; <c>inspect</c> lists steps and builds the model as publish does.</summary>
    /// <exception cref="DistributedApplicationException">An operation that is not known.</exception>
    public static DistributedApplicationOperation Operation(Func<string, string?> configuration)
    {
        var operation = configuration(OperationKey);
        var isPublisherGiven = IsPublisherGiven(configuration);
        return operation?.ToLowerInvariant() switch
        {
            null or "" => isPublisherGiven ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run,
            "run" => DistributedApplicationOperation.Run,
            "publish" or "inspect" => DistributedApplicationOperation.Publish,
            _ => throw new DistributedApplicationException(
                $"Invalid operation '{operation}' (--operation, {OperationKey}). Allowed: run, publish, inspect."),
        };
    }

    // The one publisher that has a name; all others are steps of the pipeline.
    private static bool IsPublisherGiven(Func<string, string?> configuration) => configuration(PublisherKey) switch
    {
        null or "" => false,
        var name when string.Equals(name, Publishing.ManifestPublisher.Name, StringComparison.OrdinalIgnoreCase) => true,
        var name => throw new DistributedApplicationException(
            $"Invalid publisher '{name}' (--publisher, {PublisherKey}). Allowed: {Publishing.ManifestPublisher.Name}; everything else is published by --operation publish --step publish."),
    };
}
