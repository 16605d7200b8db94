using System.Globalization;
using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The entry point of an AppHost on a thread of its own. It is held where it builds its application until the test wants
/// that, and again where it runs it until the test disposes it.
/// </summary>
internal sealed class EntryPointRun(Assembly appHost, string[] args, TestDefaults defaults) : IAsyncDisposable
{
    private const string TimeoutVariable = "DOTNET_HOST_FACTORY_RESOLVER_DEFAULT_TIMEOUT_IN_SECONDS";
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _composed = New<DistributedApplicationBuilder>();
    private readonly TaskCompletionSource<DistributedApplication> _built = New<DistributedApplication>();
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;

    /// <summary>Starts the entry point and gives the builder that it is about to build.</summary>
    /// <exception cref="InvalidOperationException">The assembly has no entry point, or that one never builds.</exception>
    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = appHost.EntryPoint ?? throw new InvalidOperationException(
            $"'{appHost.GetName().Name}' has no entry point: name a type of the AppHost's own assembly.");
        _thread = new Thread(() => Run(main)) { IsBackground = true, Name = $"{appHost.GetName().Name} entry point" };
        _thread.Start();
        return _composed.Task.WaitAsync(Timeout(), cancellationToken);
    }

    /// <summary>Lets the entry point build and gives what it built.</summary>
    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult();
        var application = await _built.Task.WaitAsync(Timeout(), cancellationToken).ConfigureAwait(false);
        TestDefaults.Bind(application);
        return application;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _mayBuild.TrySetException(new EntryPointGivenUpException());
        if (_built.Task.IsCompletedSuccessfully)
        {
            await (await _built.Task.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }

        _mayEnd.TrySetResult();
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan Timeout() =>
        int.TryParse(Environment.GetEnvironmentVariable(TimeoutVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : DefaultTimeout;

    private void Run(MethodInfo main)
    {
        using var interception = BuilderInterception.Enter(defaults.Prepare, defaults.Apply, Hold, Take);
        try
        {
            object?[]? parameters = main.GetParameters().Length == 0 ? null : [args];
            if (main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, parameters, null) is Task task)
            {
                task.GetAwaiter().GetResult();
            }

            Fail(new InvalidOperationException($"The entry point of '{appHost.GetName().Name}' ended without building an application."));
        }
        catch (Exception e)
        {
            // It belongs to the test that waits for the builder or the application, not to this thread.
            Fail(e);
        }
    }

    private void Fail(Exception error)
    {
        _composed.TrySetException(error);
        _built.TrySetException(error);
        _ = _composed.Task.Exception;
        _ = _built.Task.Exception;
    }

    private void Hold(DistributedApplicationBuilder builder)
    {
        _composed.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    private void Take(DistributedApplication application)
    {
        application.RunInstead = _ => _mayEnd.Task;
        application.Disposed += () => _mayEnd.TrySetResult();
        _built.TrySetResult(application);
    }

    private sealed class EntryPointGivenUpException : Exception
    {
        public EntryPointGivenUpException()
            : base("The test was disposed before it built the application.")
        {
        }
    }
}
