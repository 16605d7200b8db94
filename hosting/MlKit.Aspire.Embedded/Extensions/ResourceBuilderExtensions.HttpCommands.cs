using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Offers a command that sends an HTTP request to the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="endpointName">The endpoint; the default is https, then http.</param>
    /// <param name="commandName">The name of the command; the default is made of resource, method and path.</param>
    /// <param name="commandOptions">How it is offered and sent.</param>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(this IResourceBuilder<TResource> builder, string path, string displayName, [EndpointName] string? endpointName = null, string? commandName = null, HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithHttpCommand(path, displayName, HttpEndpoints.Selector(builder.Resource, endpointName, "HTTP command"), commandName, commandOptions);
    }

    /// <summary>Offers a command that sends an HTTP request.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="endpointSelector">Chooses the endpoint; null means https, then http.</param>
    /// <param name="commandName">The name of the command; the default is made of resource, method and path.</param>
    /// <param name="commandOptions">How it is offered and sent.</param>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(this IResourceBuilder<TResource> builder, string path, string displayName, Func<EndpointReference>? endpointSelector, string? commandName = null, HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentException.ThrowIfNullOrEmpty(displayName);
        var options = commandOptions ?? new HttpCommandOptions();
        var select = endpointSelector ?? options.EndpointSelector ?? HttpEndpoints.Selector(builder.Resource, null, "HTTP command");
        var endpoint = HttpEndpoints.Checked(select(), "HTTP command");
        var name = commandName ?? $"{endpoint.Resource.Name}-{endpoint.EndpointName}-http-{(options.Method ?? HttpMethod.Post).Method.ToLowerInvariant()}-{path}";
        // Nobody answers before the resource is ready.
        options.UpdateState ??= context => context.ResourceSnapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
            ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled;
        return builder.WithCommand(name, displayName, context => HttpCommandRun.ExecuteAsync(context, endpoint, path, options), options);
    }

    /// <summary>Offers a command that runs a program of this machine.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="commandName">The name of the command.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="executablePath">A name to find in PATH, or a path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="commandOptions">How it is offered.</param>
    [Experimental("ASPIREPROCESSCOMMAND001")]
    public static IResourceBuilder<TResource> WithProcessCommand<TResource>(this IResourceBuilder<TResource> builder, string commandName, string displayName, string executablePath, IReadOnlyList<string>? arguments = null, ProcessCommandOptions? commandOptions = null)
        where TResource : IResource
    {
        ArgumentException.ThrowIfNullOrEmpty(executablePath);
        var spec = new ProcessCommandSpec(executablePath) { Arguments = arguments ?? [] };
        return builder.WithProcessCommand(commandName, displayName, _ => spec, commandOptions);
    }

    /// <summary>Offers a command that runs a program of this machine.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="commandName">The name of the command.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="processSpecFactory">Says what runs.</param>
    /// <param name="commandOptions">How it is offered.</param>
    [Experimental("ASPIREPROCESSCOMMAND001")]
    public static IResourceBuilder<TResource> WithProcessCommand<TResource>(this IResourceBuilder<TResource> builder, string commandName, string displayName, Func<ExecuteCommandContext, ProcessCommandSpec> processSpecFactory, ProcessCommandOptions? commandOptions = null)
        where TResource : IResource
    {
        ArgumentNullException.ThrowIfNull(processSpecFactory);
        return builder.WithProcessCommand(commandName, displayName, context => ValueTask.FromResult(processSpecFactory(context)), commandOptions);
    }

    /// <summary>Offers a command that runs a program of this machine.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="commandName">The name of the command.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="processSpecFactory">Says what runs.</param>
    /// <param name="commandOptions">How it is offered.</param>
    [Experimental("ASPIREPROCESSCOMMAND001")]
    public static IResourceBuilder<TResource> WithProcessCommand<TResource>(this IResourceBuilder<TResource> builder, string commandName, string displayName, Func<ExecuteCommandContext, ValueTask<ProcessCommandSpec>> processSpecFactory, ProcessCommandOptions? commandOptions = null)
        where TResource : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(processSpecFactory);
        var options = commandOptions ?? new ProcessCommandOptions();
        var folder = builder.ApplicationBuilder.AppHostDirectory;
        return builder.WithCommand(
            commandName,
            displayName,
            async context => await ProcessCommandRun.ExecuteAsync(context, await processSpecFactory(context).ConfigureAwait(false), options, folder).ConfigureAwait(false),
            options);
    }
}
