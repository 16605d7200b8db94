using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of resources: a checked name and the annotations.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public abstract class Resource : IResource
{
    /// <summary>Creates the resource.</summary>
    /// <param name="name">1-64 ASCII letters, digits and single hyphens, a letter first.</param>
    /// <exception cref="ArgumentException">The name breaks one of those rules.</exception>
    protected Resource(string name)
    {
        ModelName.Validate("Resource", name, nameof(name));
        Name = name;
    }

    /// <inheritdoc/>
    public virtual string Name { get; }

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
