using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Ide;

/// <summary>A program that the IDE started and watches.</summary>
/// <param name="startedAt">When the IDE took it.</param>
/// <param name="stop">Asks the IDE to end it.</param>
internal sealed class IdeChild(DateTimeOffset startedAt, Func<Task> stop) : IChildProcess
{
    private const int KilledExitCode = 137;
    private readonly Pipe _output = new();
    private readonly Pipe _error = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public int Id { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset StartedAt => startedAt;

    /// <inheritdoc/>
    public Stream Input => Stream.Null;

    /// <inheritdoc/>
    public Stream Output => _output.Reader.AsStream();

    /// <inheritdoc/>
    public Stream Error => _error.Reader.AsStream();

    /// <inheritdoc/>
    public Task<int> Exited => _exited.Task;

    /// <summary>Adds what the program wrote, line breaks included or not.</summary>
    public void Write(string text, bool isError)
    {
        lock (_gate)
        {
            if (!_exited.Task.IsCompleted)
            {
                var writer = (isError ? _error : _output).Writer;
                writer.Write(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n"));
                _ = writer.FlushAsync().AsTask();
            }
        }
    }

    /// <summary>The program ended.</summary>
    public void End(int exitCode)
    {
        lock (_gate)
        {
            if (_exited.TrySetResult(exitCode))
            {
                _output.Writer.Complete();
                _error.Writer.Complete();
            }
        }
    }

    /// <inheritdoc/>
    public void RequestStop() => _ = stop();

    /// <inheritdoc/>
    public void Kill()
    {
        // The IDE holds the process: what it does not end in time is no longer waited for.
        _ = stop();
        End(KilledExitCode);
    }

    /// <inheritdoc/>
    public void Dispose() => End(KilledExitCode);
}
