namespace Aspire.Hosting.ApplicationModel;

/// <summary>The container that a program or project is published as; it has the annotations of that one.</summary>
/// <param name="source">The program or project.</param>
internal sealed class ExecutableContainerResource(IResource source) : ContainerResource(source.Name)
{
    /// <inheritdoc/>
    public override ResourceAnnotationCollection Annotations => source.Annotations;
}
