using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives environment variables to a resource when it is about to start or to be published.</summary>
public class EnvironmentCallbackAnnotation : ICallbackResourceAnnotation<EnvironmentCallbackContext, Dictionary<string, object>>
{
    /// <summary>Sets one variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="callback">Its value.</param>
    public EnvironmentCallbackAnnotation(string name, Func<string> callback)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(callback);
        Name = name;
        Callback = Wrap(context => context.EnvironmentVariables[name] = callback());
    }

    /// <summary>Changes the variables.</summary>
    /// <param name="callback">Gets those set so far.</param>
    public EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = Wrap(context => callback(context.EnvironmentVariables));
    }

    /// <summary>Changes the variables.</summary>
    /// <param name="callback">Gets those set so far and the context.</param>
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = Wrap(callback);
    }

    /// <summary>Changes the variables.</summary>
    /// <param name="callback">Gets those set so far and the context.</param>
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>What is called.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; }

    /// <summary>The one variable that it sets, where it is of that form.</summary>
    internal string? Name { get; }

    private static Func<EnvironmentCallbackContext, Task> Wrap(Action<EnvironmentCallbackContext> callback) => context =>
    {
        callback(context);
        return Task.CompletedTask;
    };
}

/// <summary>What an environment callback works on.</summary>
public class EnvironmentCallbackContext
{
    private readonly IResource? _resource;

    /// <summary>Creates a context of no particular resource.</summary>
    /// <param name="executionContext">Run or publish.</param>
    /// <param name="environmentVariables">The variables set so far.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        ExecutionContext = executionContext;
        EnvironmentVariables = environmentVariables ?? [];
        CancellationToken = cancellationToken;
    }

    /// <summary>Creates a context of a resource.</summary>
    /// <param name="executionContext">Run or publish.</param>
    /// <param name="resource">The resource that the variables are for.</param>
    /// <param name="environmentVariables">The variables set so far.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
        : this(executionContext, environmentVariables, cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        _resource = resource;
    }

    /// <summary>The variables: each a string or a value that is known later.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The log of the resource.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>The resource that the variables are for.</summary>
    /// <exception cref="InvalidOperationException">The context is of no particular resource.</exception>
    public IResource Resource => _resource ?? throw new InvalidOperationException(
        $"{nameof(Resource)} is not set. This callback context is not associated with a resource.");

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }
}
