using System.Threading.Channels;
using MlKit.Feast;

namespace MlKit.FeatureServer.Hosting;

/// <summary>
/// Notes online reads for the skew check, one JSON line each, where <c>MLKIT__FEAST__READLOG</c> names a file. It never
/// holds up a request: what does not fit into its queue is left out, and it stops at its size limit.
/// </summary>
internal sealed partial class ReadLog(FeatureServerOptions options, TimeProvider time, ILogger<ReadLog> logger) : BackgroundService
{
    private const int Waiting = 1000;
    private const long MaxBytes = 256L * 1024 * 1024;

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Notes a read; the entities are the request's columns.</summary>
    public void Note(IReadOnlyList<FeatureColumn> entities, OnlineFeatures answer)
    {
        if (options.ReadLog is not null && answer.UsesPlainJoinKeys)
        {
            _lines.Writer.TryWrite(LoggedReads.Line(time.GetUtcNow(), entities, answer));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ReadLog is not { } path)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            while (file.Length < MaxBytes && await _lines.Reader.WaitToReadAsync(stoppingToken))
            {
                while (_lines.Reader.TryRead(out var line))
                {
                    await file.WriteAsync(line, stoppingToken);
                }

                await file.FlushAsync(stoppingToken);
            }

            LogFull(path, MaxBytes);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogFailed(path, error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} has reached {Bytes} bytes; no more reads are noted")]
    private partial void LogFull(string path, long bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reads cannot be noted in {Path}: {Reason}")]
    private partial void LogFailed(string path, string reason);
}
