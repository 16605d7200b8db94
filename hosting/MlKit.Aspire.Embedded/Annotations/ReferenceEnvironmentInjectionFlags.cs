namespace Aspire.Hosting.ApplicationModel;

/// <summary>The groups of environment variables that a reference puts into a resource.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>ConnectionStrings__NAME</c>.</summary>
    ConnectionString = 1,

    /// <summary><c>NAME_PROPERTY</c>, for each part of the connection.</summary>
    ConnectionProperties = 2,

    /// <summary><c>services__NAME__KEY__N</c>.</summary>
    ServiceDiscovery = 4,

    /// <summary><c>NAME_ENDPOINT</c>.</summary>
    Endpoints = 8,

    /// <summary>All of them.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}
