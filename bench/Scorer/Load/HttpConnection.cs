using System.Net.Sockets;
using System.Text;

namespace MlKit.Bench.Scorer.Load;

/// <summary>HTTP/1.1 with bytes made once, so that the load generator takes as little of the processors as possible.</summary>
internal sealed class HttpConnection(int port, Func<byte[]> request, Func<ReadOnlySpan<byte>, bool>? check = null) : ILoadConnection
{
    private readonly Socket _socket = LoadRunner.Connect(port);
    private byte[] _buffer = new byte[1 << 16];

    /// <summary>The bytes of a request.</summary>
    /// <param name="path">Path of the request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="headerLength">Length of the JSON part of a binary body; null: all is JSON.</param>
    public static byte[] Request(string path, ReadOnlySpan<byte> body, int? headerLength = null)
    {
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n");
        head.Append(headerLength is { } length ? $"Inference-Header-Content-Length: {length}\r\nContent-Type: application/octet-stream\r\n" : "Content-Type: application/json\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    public bool Ask()
    {
        var bytes = request();
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += _socket.Send(bytes.AsSpan(sent));
        }

        var (have, head) = (0, -1);
        while (head < 0)
        {
            have += Receive(have);
            head = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        }

        var total = head + 4 + ContentLength(_buffer.AsSpan(0, head));
        if (total > _buffer.Length)
        {
            Array.Resize(ref _buffer, total);
        }

        while (have < total)
        {
            have += Receive(have);
        }

        return _buffer.AsSpan(9, 3).SequenceEqual("200"u8) && check?.Invoke(_buffer.AsSpan(head + 4, total - head - 4)) != false;
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(int at)
    {
        var read = _socket.Receive(_buffer.AsSpan(at));
        return read > 0 ? read : throw new IOException("the server closed the connection");
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        at = at < 0 ? head.IndexOf("content-length: "u8) : at;
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(head[(at + 16)..], out int length, out _)
            ? length
            : throw new IOException("the answer has no length");
    }
}
