using System.Buffers;

namespace MlKit.Scorer.Rest;

/// <summary>A body in memory of the shared pool, which grows while it is read.</summary>
internal sealed class PooledBody(int size) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(size);
    private int _length;

    /// <summary>What has been read.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Where to read to.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_length);

    /// <summary>So many bytes were read.</summary>
    public void Take(int bytes)
    {
        _length += bytes;
        if (_length < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Gives the memory back; nothing may read it any more.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }
}
