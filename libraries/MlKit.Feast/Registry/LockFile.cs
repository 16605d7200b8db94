namespace MlKit.Feast;

/// <summary>An exclusive turn among processes: the holder has the file open, and the system closes it when the holder dies.</summary>
internal sealed class LockFile : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FileStream _file;

    private LockFile(FileStream file) => _file = file;

    /// <exception cref="FeastException">Another process held the file for all of the patience.</exception>
    public static async Task<LockFile> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                return new LockFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (time.GetElapsedTime(start) > Patience)
                {
                    throw new FeastException(
                        FeastError.Registry, $"another process holds '{path}' for more than {Patience.TotalSeconds} s", null, error);
                }

                await Task.Delay(Interval, time, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
