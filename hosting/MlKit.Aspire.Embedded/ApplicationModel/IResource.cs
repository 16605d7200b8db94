namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named part of the application: a process, a container, a parameter, a database. Its configuration is its annotations.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application without regard to case.</summary>
    string Name { get; }

    /// <summary>Everything that was configured, in the order in which it was.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Marks a piece of configuration of a resource.</summary>
public interface IResourceAnnotation;
