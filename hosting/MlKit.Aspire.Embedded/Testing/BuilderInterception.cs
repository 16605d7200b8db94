using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Hears of the builders that are made in one flow of execution; tests that run at the same time do not see each other's.</summary>
internal sealed class BuilderInterception : IDisposable
{
    private static readonly AsyncLocal<BuilderInterception?> Current = new();
    private static readonly Lazy<IDisposable> Subscription = new(() => DiagnosticListener.AllListeners.Subscribe(new Listeners()));

    private readonly Action<DistributedApplicationOptions, HostApplicationBuilderSettings> _constructing;
    private readonly Action<DistributedApplicationBuilder> _constructed;
    private readonly Action<DistributedApplicationBuilder> _building;
    private readonly Action<DistributedApplication> _built;

    private BuilderInterception(
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> constructing,
        Action<DistributedApplicationBuilder> constructed,
        Action<DistributedApplicationBuilder> building,
        Action<DistributedApplication> built)
    {
        _constructing = constructing;
        _constructed = constructed;
        _building = building;
        _built = built;
    }

    /// <summary>From here on, and in all that is started from here, the actions hear of builders.</summary>
    public static BuilderInterception Enter(
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> constructing,
        Action<DistributedApplicationBuilder> constructed,
        Action<DistributedApplicationBuilder> building,
        Action<DistributedApplication> built)
    {
        _ = Subscription.Value;
        return Current.Value = new BuilderInterception(constructing, constructed, building, built);
    }

    /// <inheritdoc/>
    public void Dispose() => Current.Value = null;

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == BuilderObserver.ListenerName)
            {
                value.Subscribe(new Events());
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Events : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Current.Value is not { } interception)
            {
                return;
            }

            switch (value)
            {
                case { Key: BuilderObserver.Constructing, Value: ValueTuple<DistributedApplicationOptions, HostApplicationBuilderSettings> made }:
                    interception._constructing(made.Item1, made.Item2);
                    break;
                case { Key: BuilderObserver.Constructed, Value: DistributedApplicationBuilder builder }:
                    interception._constructed(builder);
                    break;
                case { Key: BuilderObserver.Building, Value: DistributedApplicationBuilder builder }:
                    interception._building(builder);
                    break;
                case { Key: BuilderObserver.Built, Value: DistributedApplication application }:
                    interception._built(application);
                    break;
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
