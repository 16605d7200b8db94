using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlKit.Tests;

/// <summary>Stands between a client and its Redis and notes the commands that change or read hashes.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private static readonly HashSet<string> Interesting = ["HSET", "HMSET", "HMGET", "HGET", "HGETALL", "EXPIRE", "PEXPIRE", "HKEYS", "HDEL", "DEL", "UNLINK", "SCAN"];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private bool _silent;

    public RecordingProxy(string target)
    {
        _listener.Start();
        _accepting = AcceptAsync(IPEndPoint.Parse(target));
    }

    public string ConnectionString => _listener.LocalEndpoint.ToString()!;

    /// <summary>Whether answers are held back, as those of a server that is too busy to send any.</summary>
    public bool Silent
    {
        get => Volatile.Read(ref _silent);
        set => Volatile.Write(ref _silent, value);
    }

    /// <summary>Command name and arguments in hex, in the order sent.</summary>
    public ConcurrentQueue<(string Command, string[] Arguments)> Commands { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(IPEndPoint target)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), target));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, IPEndPoint target)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(target, _stop.Token);
                var parser = new RespParser(Note);
                var up = PumpAsync(client.GetStream(), server.GetStream(), parser.Take);
                var down = PumpAsync(server.GetStream(), client.GetStream(), _ => { });
                await Task.WhenAny(up, down);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // One side has gone; the other notices.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action<ReadOnlyMemory<byte>> look)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            look(buffer.AsMemory(0, read));
            await Eventually.True(() => Task.FromResult(!Silent), TimeSpan.FromMinutes(1), "the proxy speaks again");
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private void Note(byte[][] words)
    {
        var command = Encoding.ASCII.GetString(words[0]).ToUpperInvariant();
        if (Interesting.Contains(command))
        {
            Commands.Enqueue((command, [.. words.Skip(1).Select(word => Vectors.ToHex(word))]));
        }
    }

    /// <summary>Splits what a client sends into commands.</summary>
    private sealed class RespParser(Action<byte[][]> note)
    {
        private readonly List<byte> _pending = [];

        public void Take(ReadOnlyMemory<byte> bytes)
        {
            _pending.AddRange(bytes.Span);
            while (TryCommand(out var words, out var length))
            {
                note(words);
                _pending.RemoveRange(0, length);
            }
        }

        private bool TryCommand(out byte[][] words, out int length)
        {
            words = [];
            length = 0;
            if (!TryNumber('*', ref length, out var count))
            {
                return false;
            }

            words = new byte[count][];
            for (var i = 0; i < count; i++)
            {
                if (!TryNumber('$', ref length, out var size) || _pending.Count < length + size + 2)
                {
                    return false;
                }

                words[i] = [.. _pending.GetRange(length, size)];
                length += size + 2;
            }

            return true;
        }

        private bool TryNumber(char marker, ref int position, out int number)
        {
            number = 0;
            var end = position < _pending.Count ? _pending.IndexOf((byte)'\n', position) : -1;
            if (end < 0)
            {
                return false;
            }

            Assert.Equal((byte)marker, _pending[position]);
            number = int.Parse(Encoding.ASCII.GetString([.. _pending.GetRange(position + 1, end - position - 2)]), CultureInfo.InvariantCulture);
            position = end + 1;
            return true;
        }
    }
}
