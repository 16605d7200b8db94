using System.Net.WebSockets;
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
    private readonly IdeSessions _sessions = new(notifications, logs);
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
        _sessions.Add(session, resource, id, child);
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
                    _sessions.TakeMessage(message.ToArray());
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            // The IDE is gone.
        }

        _sessions.EndAll();
    }
}
