using System.Diagnostics;
using System.Net.Sockets;

namespace MlKit.Bench.Scorer.Load;

/// <summary>A connection that sends one request after the other and says whether the answer was good.</summary>
internal interface ILoadConnection : IDisposable
{
    /// <summary>Sends the next request and waits for its answer.</summary>
    bool Ask();
}

/// <summary>Runs connections on threads of their own for a while; each waits for an answer before it asks again.</summary>
internal static class LoadRunner
{
    /// <param name="connect">Opens a connection.</param>
    /// <param name="connections">How many.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="perSecond">Requests of all connections together each second; 0: as many as there are answers.</param>
    public static LoadResult Run(Func<ILoadConnection> connect, int connections, double seconds, double perSecond = 0)
    {
        var results = new (List<double> Good, int Refused)[connections];
        using var ready = new Barrier(connections + 1);
        var threads = Enumerable.Range(0, connections).Select(i => new Thread(() =>
        {
            using var connection = connect();
            ready.SignalAndWait();
            results[i] = Loop(connection, seconds, perSecond <= 0 ? 0 : connections / perSecond, i / Math.Max(perSecond, 1));
        }, 1 << 18)).ToList();
        threads.ForEach(thread => thread.Start());
        ready.SignalAndWait();
        var clock = Stopwatch.StartNew();
        threads.ForEach(thread => thread.Join());
        double[] latencies = [.. results.SelectMany(result => result.Good).Order()];
        return new LoadResult(latencies.Length, results.Sum(result => result.Refused), clock.Elapsed.TotalSeconds, latencies);
    }

    public static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(System.Net.IPAddress.Loopback, port);
        return socket;
    }

    private static (List<double> Good, int Refused) Loop(ILoadConnection connection, double seconds, double interval, double first)
    {
        var good = new List<double>(100_000);
        var refused = 0;
        var clock = Stopwatch.StartNew();
        for (var i = 0; ; i++)
        {
            if (interval > 0)
            {
                var due = first + (i * interval);
                if (due > seconds)
                {
                    break;
                }

                var wait = due - clock.Elapsed.TotalSeconds;
                if (wait > 0)
                {
                    Thread.Sleep(TimeSpan.FromSeconds(wait));
                }
            }

            var start = clock.Elapsed;
            if (start.TotalSeconds >= seconds)
            {
                break;
            }

            if (connection.Ask())
            {
                good.Add((clock.Elapsed - start).TotalMilliseconds);
            }
            else
            {
                refused++;
            }
        }

        return (good, refused);
    }
}
