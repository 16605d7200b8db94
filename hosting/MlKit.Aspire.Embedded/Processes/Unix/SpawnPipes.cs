using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MlKit.Aspire.Embedded.Processes.Unix;

/// <summary>The three standard streams of a child, as pipes that no other child inherits.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class SpawnPipes : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private readonly int[] _input = Open();
    private readonly int[] _output = Open();
    private readonly int[] _error = Open();

    /// <summary>The ends that the child gets as its handles 0, 1 and 2.</summary>
    public int[] ChildEnds => [_input[0], _output[1], _error[1]];

    /// <summary>Takes over the parent's ends as streams: input, output, error.</summary>
    public (Stream Input, Stream Output, Stream Error) TakeStreams()
    {
        var streams = (Write(_input[1]), Read(_output[0]), Read(_error[0]));
        _input[1] = _output[0] = _error[0] = -1;
        return streams;
    }

    /// <summary>Closes every end that was not taken.</summary>
    public void Dispose()
    {
        foreach (var handle in _input.Concat(_output).Concat(_error).Where(h => h >= 0))
        {
            _ = Libc.Close(handle);
        }
    }

    private static int[] Open()
    {
        var ends = new int[2];
        // macOS has no pipe2; there POSIX_SPAWN_CLOEXEC_DEFAULT keeps the handles from the children.
        var result = OperatingSystem.IsLinux() ? Libc.Pipe2(ends, CloseOnExec) : Libc.Pipe(ends);
        return result == 0 ? ends : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static AnonymousPipeClientStream Read(int handle) =>
        new(PipeDirection.In, new SafePipeHandle(handle, ownsHandle: true));

    private static AnonymousPipeClientStream Write(int handle) =>
        new(PipeDirection.Out, new SafePipeHandle(handle, ownsHandle: true));
}
