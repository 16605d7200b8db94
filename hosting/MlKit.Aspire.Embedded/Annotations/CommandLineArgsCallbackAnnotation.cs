using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives command line arguments to a resource when it is about to start or to be published.</summary>
public class CommandLineArgsCallbackAnnotation : ICallbackResourceAnnotation<CommandLineArgsCallbackContext, IList<object>>
{
    /// <summary>Changes the arguments.</summary>
    /// <param name="callback">Gets those set so far and the context.</param>
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Changes the arguments.</summary>
    /// <param name="callback">Gets those set so far.</param>
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        };
    }

    /// <summary>What is called.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}

/// <summary>What an argument callback works on.</summary>
public sealed class CommandLineArgsCallbackContext
{
    private readonly IResource? _resource;

    /// <summary>Creates a context of no particular resource.</summary>
    /// <param name="args">The arguments set so far.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        Args = args;
        CancellationToken = cancellationToken;
    }

    /// <summary>Creates a context of a resource.</summary>
    /// <param name="args">The arguments set so far.</param>
    /// <param name="resource">The resource that the arguments are for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
        : this(args, cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        _resource = resource;
    }

    /// <summary>The arguments: each a string or a value that is known later.</summary>
    public IList<object> Args { get; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    /// <summary>The log of the resource.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The resource that the arguments are for.</summary>
    /// <exception cref="InvalidOperationException">The context is of no particular resource.</exception>
    public IResource Resource => _resource ?? throw new InvalidOperationException(
        $"{nameof(Resource)} is not set. This callback context is not associated with a resource.");
}
