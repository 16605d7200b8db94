using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A resource that environment variables can be given to.</summary>
    public interface IResourceWithEnvironment : IResource;

    /// <summary>A resource that takes command line arguments.</summary>
    public interface IResourceWithArgs : IResource;

    /// <summary>A resource that listens at endpoints.</summary>
    public interface IResourceWithEndpoints : IResource;

    /// <summary>A resource that can wait for others before it starts.</summary>
    public interface IResourceWithWaitSupport : IResource;

    /// <summary>A resource that can carry probes for an orchestrator.</summary>
    [Experimental("ASPIREPROBES001")]
    public interface IResourceWithProbes : IResource;

    /// <summary>A resource with neither start nor end; waits for it are skipped.</summary>
    public interface IResourceWithoutLifetime : IResource;

    /// <summary>A resource that can be published: it computes.</summary>
    public interface IComputeResource : IResource;

    /// <summary>A resource into whose image files of others can be copied at publish.</summary>
    public interface IContainerFilesDestinationResource : IResource;

    /// <summary>A program built by the .NET SDK, recognised by its <see cref="IProjectMetadata"/>.</summary>
    [Experimental("ASPIREPROJECTS001")]
    public interface IDotnetProgramResource : IResource;

    /// <summary>A resource with named parameters.</summary>
    public interface IResourceWithParameters : IResource
    {
        /// <summary>The parameters by name.</summary>
        IDictionary<string, object?> Parameters { get; }
    }

    /// <summary>A resource that lives inside another one.</summary>
    public interface IResourceWithParent : IResource
    {
        /// <summary>The resource it lives in.</summary>
        IResource Parent { get; }
    }

    /// <summary>A resource that lives inside a <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The type of the parent.</typeparam>
    public interface IResourceWithParent<out T> : IResourceWithParent
        where T : IResource
    {
        /// <summary>The resource it lives in.</summary>
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }
}

namespace Aspire.Hosting
{
    /// <summary>A resource that others find by <c>services__NAME__KEY__N</c> variables.</summary>
    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
}
