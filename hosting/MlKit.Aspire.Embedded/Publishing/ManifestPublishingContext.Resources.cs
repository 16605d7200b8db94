using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <content>Writes each kind of resource.</content>
public sealed partial class ManifestPublishingContext
{
    /// <summary>Writes a resource in its own way where it has one, else as its kind is written.</summary>
    internal Task WriteResourceAsync(IResource resource) => resource switch
    {
        _ when resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault() is { Callback: { } own } => own(this),
        _ when resource.IsContainer() || resource.HasAnnotationOfType<DockerfileBuildAnnotation>() => WriteContainerResourceAsync(resource),
        _ when resource.Annotations.OfType<IProjectMetadata>().LastOrDefault() is { } project => WriteProjectAsync(resource, project),
        ExecutableResource executable => WriteExecutableAsync(executable),
        ParameterResource parameter => WriteParameterAsync(parameter),
        IResourceWithConnectionString => WriteValueAsync(resource),
        _ => WriteUnknownAsync(),
    };

    private async Task WriteProjectAsync(IResource project, IProjectMetadata metadata)
    {
        Writer.WriteString("type", "project.v0");
        Writer.WriteString("path", GetManifestRelativePath(metadata.ProjectPath));
        await WriteCommandLineArgumentsAsync(project).ConfigureAwait(false);
        await WriteEnvironmentVariablesAsync(project).ConfigureAwait(false);
        WriteBindings(project);
    }

    private async Task WriteExecutableAsync(ExecutableResource executable)
    {
        Writer.WriteString("type", "executable.v0");
        Writer.WriteString("workingDirectory", GetManifestRelativePath(executable.WorkingDirectory));
        Writer.WriteString("command", executable.Command);
        await WriteCommandLineArgumentsAsync(executable).ConfigureAwait(false);
        await WriteEnvironmentVariablesAsync(executable).ConfigureAwait(false);
        WriteBindings(executable);
    }

    // The value is given when the application is deployed: the manifest says what it is, never what it was here.
    private Task WriteParameterAsync(ParameterResource parameter)
    {
        Writer.WriteString("type", "parameter.v0");
        WriteConnectionString(parameter);
        Writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Writer.WriteStartObject("inputs");
        Writer.WriteStartObject("value");
        Writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            Writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } value)
        {
            Writer.WriteStartObject("default");
            value.WriteToManifest(this);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        return Task.CompletedTask;
    }

    private Task WriteValueAsync(IResource resource)
    {
        Writer.WriteString("type", "value.v0");
        WriteConnectionString(resource);
        return Task.CompletedTask;
    }

    private Task WriteUnknownAsync()
    {
        Writer.WriteString("error", "This resource does not support generation in the manifest.");
        return Task.CompletedTask;
    }
}
