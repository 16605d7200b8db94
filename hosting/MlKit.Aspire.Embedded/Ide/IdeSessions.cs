using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Ide;

/// <summary>The programs that the IDE runs for this host, and what it tells about them.</summary>
internal sealed class IdeSessions(ResourceNotificationService notifications, ResourceLoggerService logs)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _running = new(StringComparer.Ordinal);
    // What comes for a session before its start was answered.
    private readonly Dictionary<string, List<IdeNotification>> _early = new(StringComparer.Ordinal);

    /// <summary>The IDE answered that it starts the instance as session <paramref name="id"/>.</summary>
    public void Add(string id, IResource resource, string instanceId, IdeChild child)
    {
        var session = new Session(resource, instanceId, child);
        lock (_gate)
        {
            _running[id] = session;
            foreach (var early in _early.Remove(id, out var list) ? list : [])
            {
                Take(session, id, early);
            }
        }
    }

    /// <summary>Takes a message of the notification socket: one notification a line.</summary>
    public void TakeMessage(byte[] message)
    {
        foreach (var line in Encoding.UTF8.GetString(message).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
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

    /// <summary>The socket is gone. Nothing is told twice: without it no session is known any more.</summary>
    public void EndAll()
    {
        lock (_gate)
        {
            foreach (var session in _running.Values)
            {
                session.Child.End(-1);
            }

            _running.Clear();
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
        if (_running.TryGetValue(id, out var session))
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
                _running.Remove(id);
                session.Child.End(unchecked((int)(notification.ExitCode ?? 0)));
                break;
            default:
                break;
        }
    }

    private sealed record Session(IResource Resource, string InstanceId, IdeChild Child);
}
