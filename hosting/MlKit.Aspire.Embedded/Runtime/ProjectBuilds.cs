using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Building;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The builds of a run: one for all projects that start with it, single ones on command.</summary>
internal sealed class ProjectBuilds(
    IProcessControl processes, RunSettings settings, TimeProvider time, ResourceNotificationService notifications, ResourceLoggerService logs, DistributedApplicationExecutionContext execution)
{
    private readonly ConcurrentDictionary<IResource, bool> _building = new();
    private readonly ProjectBuilder _builder = new(processes, settings.BuildFolder, settings.BuildConfiguration, time);
    private HashSet<string> _shared = [];
    private Task<IReadOnlyDictionary<string, BuildOutcome>> _first =
        Task.FromResult<IReadOnlyDictionary<string, BuildOutcome>>(new Dictionary<string, BuildOutcome>());

    /// <summary>The project of a resource that the host builds, or null where it has none.</summary>
    public static IProjectMetadata? ProjectOf(IResource resource) => resource.Annotations.OfType<IProjectMetadata>().LastOrDefault();

    /// <summary>True while a build that the resource waits for runs.</summary>
    public bool IsBuilding(IResource resource) => _building.ContainsKey(resource);

    /// <summary>Starts the one build of all projects among the resources that are about to start.</summary>
    public void Begin(IReadOnlyList<IResource> resources, CancellationToken cancellationToken)
    {
        var projects = resources.Where(r => ProjectOf(r) is { IsFileBasedApp: false } project && File.Exists(project.ProjectPath) && !HasOwnVariables(r)).ToList();
        _shared = [.. projects.Select(r => Path.GetFullPath(ProjectOf(r)!.ProjectPath))];
        _first = projects.Count == 0 ? _first : Task.Run(() => BuildAsync(projects, force: false, cancellationToken), cancellationToken);
    }

    /// <summary>How to start the resource's project, built where needed. Null where it is no project.</summary>
    /// <exception cref="DistributedApplicationException">The build failed; the compiler's errors are in the resource's log.</exception>
    public async Task<BuildFacts?> FactsAsync(IResource resource, bool force, CancellationToken cancellationToken)
    {
        if (ProjectOf(resource) is not { } project)
        {
            return null;
        }

        if (!File.Exists(project.ProjectPath))
        {
            throw new DistributedApplicationException($"the project '{project.ProjectPath}' of '{resource.Name}' does not exist");
        }

        if (project.IsFileBasedApp)
        {
            return FileBased(project.ProjectPath);
        }

        var path = Path.GetFullPath(project.ProjectPath);
        var outcomes = await _first.WaitAsync(cancellationToken);
        if (HasOwnVariables(resource))
        {
            // One folder holds the output of one build.
            return _shared.Contains(path)
                ? throw new DistributedApplicationException($"'{resource.Name}' has a build environment, but another resource is the same project '{path}' without it")
                : (await BuildAsync([resource], force, cancellationToken))[path] is var own && own.Facts is null ? throw Failed(resource, path, own.Errors) : own.Facts;
        }

        if (force || !outcomes.TryGetValue(path, out var outcome))
        {
            outcome = (await BuildAsync([resource], force, cancellationToken))[path];
        }

        return outcome.Facts ?? throw Failed(resource, path, outcome.Errors);
    }

    private DistributedApplicationException Failed(IResource resource, string path, IReadOnlyList<string> errors)
    {
        var logger = logs.GetLogger(resource);
        foreach (var error in errors)
        {
            RunLog.CompilerError(logger, error);
        }

        var first = errors.Count == 0 ? "no message" : errors[0];
        return new DistributedApplicationException($"the build of '{Path.GetFileName(path)}' failed ({errors.Count} errors): {first}");
    }

    private async Task<IReadOnlyDictionary<string, BuildOutcome>> BuildAsync(
        IReadOnlyList<IResource> resources, bool force, CancellationToken cancellationToken)
    {
        var shown = false;
        void Log(string line)
        {
            foreach (var resource in resources)
            {
                RunLog.BuildLine(logs.GetLogger(resource), line);
            }

            if (!shown)
            {
                shown = true;
                foreach (var resource in resources)
                {
                    _building[resource] = true;
                    notifications.PublishUpdateAsync(resource, s => s with { State = new(KnownResourceStates.Building, KnownResourceStateStyles.Info) });
                }
            }
        }

        var paths = resources.Select(r => Path.GetFullPath(ProjectOf(r)!.ProjectPath)).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            var variables = resources is [var only] && HasOwnVariables(only) ? await VariablesAsync(only, cancellationToken) : null;
            return await _builder.BuildAsync(paths, force, Log, cancellationToken, variables);
        }
        finally
        {
            foreach (var resource in resources)
            {
                _building.TryRemove(resource, out _);
            }
        }
    }

    private static bool HasOwnVariables(IResource resource) => resource.Annotations.OfType<BuildEnvironmentCallbackAnnotation>().Any();

    private async Task<Dictionary<string, string>> VariablesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(execution, resource, [], cancellationToken) { Logger = logs.GetLogger(resource) };
        foreach (var annotation in resource.Annotations.OfType<BuildEnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            variables[name] = await ConfiguredValues.ResolveAsync(value, resource, execution, cancellationToken) ?? "";
        }

        return variables;
    }

    // The SDK's own cache decides whether a file-based app must be compiled.
    private BuildFacts FileBased(string path) => new(
        path, path, "dotnet", $"run --file \"{path}\" --configuration {settings.BuildConfiguration} --no-launch-profile --", "", [], [path]);
}
