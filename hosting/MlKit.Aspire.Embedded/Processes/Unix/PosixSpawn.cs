using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MlKit.Aspire.Embedded.Processes.Unix;

/// <summary>
/// Starts a program as leader of a new session, hence of its own process group: a terminal's Ctrl+C reaches only the
/// host, and one signal reaches the whole group. System.Diagnostics.Process cannot do that.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class PosixSpawn
{
    // The opaque types are at most 336 bytes in the known C libraries.
    private const int OpaqueSize = 512;
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSessionLinux = 0x80;
    private const short SetSessionMac = 0x400;
    private const short CloseOnExecDefaultMac = 0x4000;

    private static readonly int[] ResetSignals = [Libc.SigInt, Libc.SigQuit, Libc.SigPipe, Libc.SigTerm];

    /// <summary>Starts the program and returns its process id, which is its session and group id too.</summary>
    /// <exception cref="ProcessStartException">The system refused; the message says why.</exception>
    public static int Start(string path, ChildStart start, int[] standardHandles)
    {
        var actions = Allocate();
        var attributes = Allocate();
        var signals = Allocate();
        var strings = new List<IntPtr>();
        try
        {
            Check(Libc.InitFileActions(actions), start);
            Check(Libc.InitAttributes(attributes), start);
            Describe(actions, attributes, signals, start, standardHandles);
            var arguments = Block([path, .. start.Arguments], strings);
            var environment = Block(start.Environment.Select(e => $"{e.Key}={e.Value}"), strings);
            Check(Libc.Spawn(out var pid, path, actions, attributes, arguments, environment), start);
            return pid;
        }
        finally
        {
            _ = Libc.DestroyFileActions(actions);
            _ = Libc.DestroyAttributes(attributes);
            strings.ForEach(Marshal.FreeCoTaskMem);
            Marshal.FreeHGlobal(signals);
            Marshal.FreeHGlobal(attributes);
            Marshal.FreeHGlobal(actions);
        }
    }

    private static void Describe(IntPtr actions, IntPtr attributes, IntPtr signals, ChildStart start, int[] standardHandles)
    {
        Check(Libc.AddChangeDirectory(actions, start.WorkingDirectory), start);
        for (var handle = 0; handle < standardHandles.Length; handle++)
        {
            Check(Libc.AddDup2(actions, standardHandles[handle], handle), start);
        }

        // The .NET runtime ignores SIGPIPE and a background shell may ignore SIGINT: children start with the defaults.
        _ = Libc.EmptySignalSet(signals);
        Check(Libc.SetSignalMask(attributes, signals), start);
        foreach (var signal in ResetSignals)
        {
            _ = Libc.AddSignal(signals, signal);
        }

        Check(Libc.SetDefaultSignals(attributes, signals), start);
        var session = OperatingSystem.IsMacOS() ? (short)(SetSessionMac | CloseOnExecDefaultMac) : SetSessionLinux;
        Check(Libc.SetFlags(attributes, (short)(SetSignalDefaults | SetSignalMask | session)), start);
    }

    private static IntPtr Allocate()
    {
        var memory = Marshal.AllocHGlobal(OpaqueSize);
        Marshal.Copy(new byte[OpaqueSize], 0, memory, OpaqueSize);
        return memory;
    }

    private static IntPtr[] Block(IEnumerable<string> values, List<IntPtr> owned)
    {
        var first = owned.Count;
        owned.AddRange(values.Select(Marshal.StringToCoTaskMemUTF8));
        return [.. owned.Skip(first), IntPtr.Zero];
    }

    private static void Check(int error, ChildStart start)
    {
        if (error != 0)
        {
            throw new ProcessStartException(
                $"'{start.FileName}' (command of '{start.Owner}') could not be started: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }
}
