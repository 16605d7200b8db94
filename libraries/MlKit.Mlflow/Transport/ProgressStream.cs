namespace MlKit.Mlflow.Transport;

/// <summary>Tells how much has been read, at most once per 64 KiB and at the end.</summary>
internal sealed class ProgressStream(Stream inner, string path, long? total, IProgress<ArtifactProgress> progress) : UnownedStream(inner)
{
    private const int Pace = 1 << 16;

    private long _read;
    private long _told = -1;

    public override int Read(byte[] buffer, int offset, int count) => Note(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Note(base.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Note(await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Note(await base.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

    private int Note(int count)
    {
        _read += count;
        if ((count == 0 || _read - _told >= Pace) && _read != _told)
        {
            _told = _read;
            progress.Report(new ArtifactProgress(path, _read, total));
        }

        return count;
    }
}
