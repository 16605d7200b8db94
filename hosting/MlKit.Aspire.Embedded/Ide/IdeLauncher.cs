using System.Net.WebSockets;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Ide;

/// <summary>Lets the IDE that started this host start programs, so that its debugger holds them.</summary>
internal sealed class IdeLauncher(IConfiguration configuration, ResourceNotificationService notifications, ResourceLoggerService logs, RunSettings run, TimeProvider time) : IAsyncDisposable
{
    private readonly IdeSettings? _settings = IdeSettings.Read(configuration);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    // What comes for a session before its start was answered.
    private readonly Dictionary<string, List<IdeNotification>> _early = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IdeClient? _client;
    private WebSocket? _socket;
    private Task _listening = Task.CompletedTask;

    /// <summary>True when the IDE starts the resource.</summary>
    public bool Takes(IResource resource) => _settings is not null && resource.SupportsDebugging(configuration, out _);

    /// <summary>True when the IDE builds the project itself before it starts it.</summary>
    public bool Builds(IResource resource) => Takes(resource) && !_settings!.BuildsElsewhere;

    /// <summary>Asks the IDE to start an instance.</summary>
    /// <exception cref="DistributedApplicationException">The IDE does not answer or refuses; the message is its own.</exception>
    public async Task<IChildProcess> StartAsync(IResource resource, string id, LaunchPlan plan, CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(cancellationToken);
        var type = resource.Annotations.OfType<SupportsDebuggingAnnotation>().Last().LaunchConfigurationType;
        var configurationObject = await resource.CreateLaunchConfigurationAsync(_settings!.ModeOf(type), plan.Configured, cancellationToken);
        Complete(configurationObject);
        var request = new RunSessionRequest(
            [configurationObject], [.. plan.Configured.Select(v => new RunSessionVariable(v.Key, v.Value))], plan.ProgramArguments);
        var session = await client.StartAsync(request, cancellationToken);
        var child = new IdeChild(time.GetUtcNow(), () => client.StopAsync(session));
        var started = new Session(resource, id, child);
        lock (_gate)
        {
            _sessions[session] = started;
            foreach (var early in _early.Remove(session, out var list) ? list : [])
            {
                Take(started, session, early);
            }
        }

        return child;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_socket is { } socket)
        {
            _socket = null;
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
                await _listening.WaitAsync(deadline.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
            {
                // The IDE closed first, or does not answer.
            }

            socket.Dispose();
        }

        _client?.Dispose();
    }

    private async Task<IdeClient> ConnectAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_client is null || _socket is not { State: WebSocketState.Open })
            {
                _client?.Dispose();
                _client = new IdeClient(_settings!);
                await _client.ConnectAsync(cancellationToken);
                _socket = await _client.ListenAsync(cancellationToken);
                _listening = ListenAsync(_socket);
            }

            return _client;
        }
        catch (WebSocketException e)
        {
            throw new DistributedApplicationException($"the IDE did not open the notification socket: {e.Message}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    // What the host built is started as it is.
    private void Complete(object launch)
    {
        if (launch is ProjectLaunchConfiguration project && _settings!.BuildsElsewhere)
        {
            project.Type = KnownLaunchConfigurationTypes.ProjectWithExternalBuild;
            project.BuildConfiguration = run.BuildConfiguration;
            project.SuppressBuild = true;
        }
    }

    private async Task ListenAsync(WebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    TakeMessage(message.ToArray());
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            // The IDE is gone.
        }

        // Nothing is told twice: without the socket no session is known any more.
        lock (_gate)
        {
            foreach (var session in _sessions.Values)
            {
                session.Child.End(-1);
            }

            _sessions.Clear();
        }
    }

    private void TakeMessage(byte[] message)
    {
        foreach (var line in System.Text.Encoding.UTF8.GetString(message).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Parse(line) is { SessionId: { } id } notification)
            {
                lock (_gate)
                {
                    Dispatch(id, notification);
                }
            }
        }
    }

    private static IdeNotification? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<IdeNotification>(line);
        }
        catch (JsonException)
        {
            // A notification of a later version: nothing that the host could act on.
            return null;
        }
    }

    private void Dispatch(string id, IdeNotification notification)
    {
        if (_sessions.TryGetValue(id, out var session))
        {
            Take(session, id, notification);
        }
        else if (_early.TryGetValue(id, out var list))
        {
            list.Add(notification);
        }
        else
        {
            _early[id] = [notification];
        }
    }

    private void Take(Session session, string id, IdeNotification notification)
    {
        switch (notification.Type)
        {
            case "processRestarted" when notification.Pid is { } pid:
                session.Child.Id = (int)pid;
                notifications.PublishUpdateAsync(session.Resource, session.InstanceId, s => s with
                {
                    Properties = ProcessSnapshots.Merge(s.Properties, [new ResourcePropertySnapshot("executable.pid", (int)pid)]),
                });
                break;
            case "serviceLogs":
                session.Child.Write(notification.LogMessage ?? "", notification.IsStandardError);
                break;
            case "sessionMessage":
                logs.Log(session.InstanceId).Write(notification.Message ?? "", isError: notification.Level == "error");
                break;
            case "sessionTerminated":
                _sessions.Remove(id);
                session.Child.End(unchecked((int)(notification.ExitCode ?? 0)));
                break;
            default:
                break;
        }
    }

    private sealed record Session(IResource Resource, string InstanceId, IdeChild Child);
}
