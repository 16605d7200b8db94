using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MlKit.Aspire.Embedded.Processes.Unix;

/// <summary>The calls of the C library that .NET has no managed form of.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Libc
{
    public const int SigHup = 1;
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigPipe = 13;
    public const int SigTerm = 15;
    public const int NoHang = 1;
    public const int Interrupted = 4;

    private const string Library = "libc";

    [DllImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static extern int Kill(int pid, int signal);

    [DllImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    public static extern int WaitPid(int pid, out int status, int options);

    [DllImport(Library, EntryPoint = "pipe", SetLastError = true)]
    public static extern int Pipe([Out] int[] ends);

    [DllImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    public static extern int Pipe2([Out] int[] ends, int flags);

    [DllImport(Library, EntryPoint = "close", SetLastError = true)]
    public static extern int Close(int handle);

    [DllImport(Library, EntryPoint = "posix_spawn")]
    public static extern int Spawn(
        out int pid,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        IntPtr fileActions,
        IntPtr attributes,
        IntPtr[] arguments,
        IntPtr[] environment);

    [DllImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static extern int InitFileActions(IntPtr actions);

    [DllImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static extern int DestroyFileActions(IntPtr actions);

    [DllImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static extern int AddDup2(IntPtr actions, int handle, int newHandle);

    [DllImport(Library, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static extern int AddChangeDirectory(IntPtr actions, [MarshalAs(UnmanagedType.LPUTF8Str)] string path);

    [DllImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static extern int InitAttributes(IntPtr attributes);

    [DllImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static extern int DestroyAttributes(IntPtr attributes);

    [DllImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static extern int SetFlags(IntPtr attributes, short flags);

    [DllImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static extern int SetDefaultSignals(IntPtr attributes, IntPtr signals);

    [DllImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static extern int SetSignalMask(IntPtr attributes, IntPtr signals);

    [DllImport(Library, EntryPoint = "sigemptyset")]
    public static extern int EmptySignalSet(IntPtr signals);

    [DllImport(Library, EntryPoint = "sigaddset")]
    public static extern int AddSignal(IntPtr signals, int signal);
}
