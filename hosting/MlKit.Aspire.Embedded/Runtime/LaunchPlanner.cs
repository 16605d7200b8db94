using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Building;
using MlKit.Aspire.Embedded.Ports;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>How one instance is started.</summary>
/// <param name="Start">What the process is started from.</param>
/// <param name="Configured">The variables that the AppHost gave it, beside what it inherits.</param>
/// <param name="Secrets">The names of those that hold a secret.</param>
/// <param name="ProgramArguments">The arguments of the program itself, without those of the tool that starts it.</param>
internal sealed record LaunchPlan(
    ChildStart Start, IReadOnlyDictionary<string, string> Configured, IReadOnlySet<string> Secrets, IReadOnlyList<string> ProgramArguments);

/// <summary>Works out program, arguments, environment and folder of an instance.</summary>
internal sealed class LaunchPlanner(
    DistributedApplicationExecutionContext execution, ResourceLoggerService logs, EndpointAllocator endpoints, RunSettings settings)
{
    /// <summary>Plans the start of a replica. <paramref name="facts"/> are those of its build where it is a .NET project.</summary>
    public async Task<LaunchPlan> PlanAsync(IResource resource, string id, int replica, BuildFacts? facts, CancellationToken cancellationToken)
    {
        var values = await ResolvedValues.ResolveAsync(resource, execution, logs.GetLogger(id), cancellationToken);
        string ForReplica(string text) => InstanceMarks.Fill(endpoints.FillPorts(resource, replica, text), resource.Name, id);
        var configured = values.Environment.ToDictionary(v => v.Key, v => ForReplica(v.Value), StringComparer.Ordinal);
        var arguments = values.Arguments.Select(ForReplica).ToList();
        var environment = ChildEnvironment.Inherited();
        foreach (var (name, value) in configured)
        {
            environment[name] = value;
        }

        DebuggerWait.Apply(resource, settings, id, environment);
        var tool = values.ToolArguments.Select(ForReplica).ToList();
        var (command, all, folder) = resource switch
        {
            _ when resource.IsContainer() => ("", [.. tool, .. arguments], settings.AppHostDirectory),
            _ when facts is not null => settings.Watched.Contains(resource.Name) ? Watched(facts, arguments) : Project(resource, facts, arguments),
            _ when ProjectBuilds.ProjectOf(resource) is { } project => (project.ProjectPath, arguments, Path.GetDirectoryName(project.ProjectPath)!),
            _ => Executable(resource, [.. tool, .. arguments]),
        };
        var program = ProjectBuilds.ProjectOf(resource) is null ? arguments : WithoutDotnetRun(arguments);
        return new LaunchPlan(new ChildStart(resource.Name, command, all, folder, environment), configured, values.Secrets, program);
    }

    // An edit restarts this process and no other.
    private static (string Command, IReadOnlyList<string> Arguments, string Folder) Watched(BuildFacts facts, List<string> arguments) => (
        "dotnet",
        ["watch", "--non-interactive", "--no-hot-reload", "--project", facts.ProjectPath, "run", "--no-launch-profile", "--", .. WithoutDotnetRun(arguments)],
        Path.GetDirectoryName(facts.ProjectPath)!);

    private (string Command, IReadOnlyList<string> Arguments, string Folder) Executable(IResource resource, List<string> arguments)
    {
        var annotation = resource.Annotations.OfType<ExecutableAnnotation>().Last();
        return (annotation.Command, arguments, Path.GetFullPath(annotation.WorkingDirectory, settings.AppHostDirectory));
    }

    private (string Command, IReadOnlyList<string> Arguments, string Folder) Project(IResource resource, BuildFacts facts, List<string> arguments)
    {
        if (facts.RunCommand.Length == 0)
        {
            throw new DistributedApplicationException(
                $"'{facts.ProjectPath}' (project of '{resource.Name}') gives nothing to run: its OutputType must be Exe.");
        }

        var folder = resource.Annotations.OfType<ExecutableAnnotation>().LastOrDefault() is { WorkingDirectoryExplicitlySet: true } explicitly
            ? explicitly.WorkingDirectory
            : facts.RunWorkingDirectory is { Length: > 0 } own ? own : Path.GetDirectoryName(facts.ProjectPath)!;
        return (
            facts.RunCommand,
            [.. CommandLineText.Split(facts.RunArguments), .. WithoutDotnetRun(arguments)],
            Path.GetFullPath(folder, Path.GetDirectoryName(facts.ProjectPath)!));
    }

    // A resource written for hosts that do not build (dotnet run --project X -- args) is started from its output here: only
    // the arguments behind the separator are the program's own.
    private static List<string> WithoutDotnetRun(List<string> arguments)
    {
        if (arguments is not ["run", ..])
        {
            return arguments;
        }

        var separator = arguments.IndexOf("--");
        return separator < 0 ? [] : arguments[(separator + 1)..];
    }
}
