namespace MlKit.Aspire.Embedded.State;

/// <summary>A file held by one process at a time; the system lets it go when the process ends, however it ends.</summary>
internal static class HeldFile
{
    /// <summary>Takes the file, or returns null when another process holds it. Dispose to let it go.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Waits until the file can be taken; <paramref name="onWait"/> is called once if that is not at once.</summary>
    public static async Task<FileStream> TakeAsync(string path, Action onWait, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var told = false;
        while (true)
        {
            if (TryTake(path) is { } file)
            {
                return file;
            }

            if (!told)
            {
                onWait();
                told = true;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
