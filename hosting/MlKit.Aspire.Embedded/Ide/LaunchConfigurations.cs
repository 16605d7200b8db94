using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an IDE is told to start.</summary>
/// <param name="type">The kind of program, such as <c>project</c>.</param>
[Experimental("ASPIREEXTENSION001")]
public class ExecutableLaunchConfiguration(string type)
{
    /// <summary>Whether it is debugged: one of <see cref="ExecutableLaunchMode"/>.</summary>
    [JsonPropertyName("mode")]
    public string Mode { get; set; } = System.Diagnostics.Debugger.IsAttached ? ExecutableLaunchMode.Debug : ExecutableLaunchMode.NoDebug;

    /// <summary>The kind of program.</summary>
    [JsonPropertyName("type")]
    public string Type { get; set; } = type;
}

/// <summary>A .NET project that an IDE is told to start.</summary>
[Experimental("ASPIREEXTENSION001")]
public sealed class ProjectLaunchConfiguration() : ExecutableLaunchConfiguration(KnownLaunchConfigurationTypes.Project)
{
    /// <summary>The absolute path of the project file.</summary>
    [JsonPropertyName("project_path")]
    public required string ProjectPath { get; set; }

    /// <summary>The launch profile.</summary>
    [JsonPropertyName("launch_profile")]
    public string LaunchProfile { get; set; } = "";

    /// <summary>Whether no launch profile counts.</summary>
    [JsonPropertyName("disable_launch_profile")]
    public bool DisableLaunchProfile { get; set; }

    /// <summary>The configuration that was built, such as Debug.</summary>
    [JsonPropertyName("build_configuration")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BuildConfiguration { get; set; }

    /// <summary>The variables that it was built with.</summary>
    [JsonPropertyName("build_environment")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string>? BuildEnvironment { get; set; }

    /// <summary>The folder that it was built in.</summary>
    [JsonPropertyName("build_working_directory")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BuildWorkingDirectory { get; set; }

    /// <summary>Whether the IDE starts what was built and builds nothing.</summary>
    [JsonPropertyName("suppress_build")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SuppressBuild { get; set; }
}

/// <summary>Whether a program is debugged.</summary>
[Experimental("ASPIREEXTENSION001")]
public static class ExecutableLaunchMode
{
    /// <summary>With a debugger.</summary>
    public const string Debug = "Debug";

    /// <summary>Without.</summary>
    public const string NoDebug = "NoDebug";
}

/// <summary>The kinds of program that IDEs know.</summary>
[Experimental("ASPIREEXTENSION001")]
public static class KnownLaunchConfigurationTypes
{
    /// <summary>A .NET project that the IDE builds and starts.</summary>
    public const string Project = "project";

    /// <summary>A .NET project that the host builds and the IDE starts.</summary>
    public const string ProjectWithExternalBuild = "project-with-external-build.v1";
}

/// <summary>What the maker of a launch configuration works on.</summary>
[Experimental("ASPIREEXTENSION001")]
public sealed class LaunchConfigurationCallbackContext
{
    internal LaunchConfigurationCallbackContext(
        string mode, IResource resource, IReadOnlyDictionary<string, string> environmentVariables, CancellationToken cancellationToken) =>
        (Mode, Resource, EnvironmentVariables, CancellationToken) = (mode, resource, environmentVariables, cancellationToken);

    /// <summary>One of <see cref="ExecutableLaunchMode"/>.</summary>
    public string Mode { get; }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>The variables that it gets.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; }
}

/// <summary>Says that an IDE can start the resource.</summary>
[Experimental("ASPIREEXTENSION001")]
public sealed class SupportsDebuggingAnnotation : IResourceAnnotation
{
    internal SupportsDebuggingAnnotation(string launchConfigurationType, Func<LaunchConfigurationCallbackContext, Task<object?>> producer) =>
        (LaunchConfigurationType, Producer) = (launchConfigurationType, producer);

    /// <summary>The kind of program.</summary>
    public string LaunchConfigurationType { get; }

    internal Func<LaunchConfigurationCallbackContext, Task<object?>> Producer { get; }
}
