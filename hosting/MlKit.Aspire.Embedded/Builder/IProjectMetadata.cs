using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says that a resource is a .NET project and where that is.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The absolute path of the project file, or of the source file of a file-based app.</summary>
    string ProjectPath { get; }

    /// <summary>Its launch settings; null where they are read from the project.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether the host leaves its build alone.</summary>
    bool SuppressBuild => false;

    /// <summary>Whether it is one source file without a project.</summary>
    bool IsFileBasedApp => string.Equals(Path.GetExtension(ProjectPath), ".cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>Variables for the build only.</summary>
    [Experimental("ASPIREEXTENSION001")]
    IReadOnlyDictionary<string, string> BuildEnvironment => System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>The folder that the build runs in; null is the project's own.</summary>
    [Experimental("ASPIREEXTENSION001")]
    string? BuildWorkingDirectory => null;
}
