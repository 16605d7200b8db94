using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace MlKit.Bench.Scorer.Load;

/// <summary>A gRPC call over bare HTTP/2 frames: one stream after the other, headers and message made once.</summary>
internal sealed class GrpcConnection : ILoadConnection
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const byte Ack = 1;

    private readonly Socket _socket;
    private readonly byte[] _request;
    private readonly int _dataAt;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private int _stream = -1;

    /// <param name="port">The server's port.</param>
    /// <param name="path">Service and method.</param>
    /// <param name="message">The protobuf message.</param>
    public GrpcConnection(int port, string path, byte[] message)
    {
        _socket = LoadRunner.Connect(port);
        byte[] block = [.. Literal(":method", "POST"), .. Literal(":scheme", "http"), .. Literal(":path", path), .. Literal(":authority", "localhost"), .. Literal("content-type", "application/grpc"), .. Literal("te", "trailers")];
        var length = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(length.AsSpan(1), message.Length);
        var headers = Frame(Headers, EndHeaders, block);
        _dataAt = headers.Length;
        _request = [.. headers, .. Frame(Data, EndStream, [.. length, .. message])];

        var window = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(window, int.MaxValue - 65535);
        _socket.Send([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, [0, 4, 0x7f, 0xff, 0xff, 0xff]), .. Frame(WindowUpdate, 0, window)]);
    }

    public bool Ask()
    {
        _stream += 2;
        BinaryPrimitives.WriteInt32BigEndian(_request.AsSpan(5), _stream);
        BinaryPrimitives.WriteInt32BigEndian(_request.AsSpan(_dataAt + 5), _stream);
        for (var sent = 0; sent < _request.Length;)
        {
            sent += _socket.Send(_request.AsSpan(sent));
        }

        var hasData = false;
        while (true)
        {
            Need(9);
            var head = _buffer.AsSpan(_start, 9);
            var length = (head[0] << 16) | (head[1] << 8) | head[2];
            var (type, flags) = (head[3], head[4]);
            Need(9 + length);
            var content = _buffer.AsSpan(_start + 9, length);
            _start += 9 + length;
            switch (type)
            {
                case Settings when (flags & Ack) == 0:
                    _socket.Send(Frame(Settings, Ack, []));
                    break;
                case Ping when (flags & Ack) == 0:
                    _socket.Send(Frame(Ping, Ack, content.ToArray()));
                    break;
                case Data:
                    hasData |= length > 5;
                    break;
                case Reset:
                    return false;
                // A refusal has only headers; a good answer has its message before the last ones.
                case Headers when (flags & EndStream) != 0:
                    return hasData;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Frame(byte type, byte flags, byte[] content) =>
        [(byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, type, flags, 0, 0, 0, 0, .. content];

    /// <summary>A header as HPACK's literal that is not indexed.</summary>
    private static byte[] Literal(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private void Need(int bytes)
    {
        if (_start + bytes > _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        while (_end - _start < bytes)
        {
            var read = _socket.Receive(_buffer.AsSpan(_end));
            _end += read > 0 ? read : throw new IOException("the server closed the connection");
        }
    }
}
