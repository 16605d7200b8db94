using System.Runtime.Versioning;
using System.Text;

namespace MlKit.Aspire.Embedded.Processes.Unix;

/// <summary>
/// A shell in a session of its own that reads the ids of the running groups from a pipe. When the host is gone, however
/// it ended, the pipe closes and the shell ends the groups that are left. It works the same on Linux and macOS, reaches
/// grandchildren, and does not depend on the thread that started a child, as Linux's parent-death signal does.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class OrphanGuard : IDisposable
{
    private const string Script = """
        trap '' HUP INT TERM
        groups=' '
        while IFS= read -r line; do
          id="${line#?}"
          case "$line" in
            +*) groups="$groups$id " ;;
            -*) groups="${groups%% $id *} ${groups#* $id }" ;;
          esac
        done
        left=''
        for id in $groups; do kill -s TERM -- "-$id" 2>/dev/null && left="$left $id"; done
        for second in 1 2 3; do
          [ -z "$left" ] && exit 0
          sleep 1
          alive=''
          for id in $left; do kill -s 0 -- "-$id" 2>/dev/null && alive="$alive $id"; done
          left="$alive"
        done
        for id in $left; do kill -s KILL -- "-$id" 2>/dev/null; done
        """;

    private readonly Lock _gate = new();
    private readonly IChildProcess _shell;

    private OrphanGuard(IChildProcess shell) => _shell = shell;

    /// <summary>Starts the guard by <paramref name="spawn"/>.</summary>
    public static OrphanGuard Start(Func<ChildStart, IChildProcess> spawn)
    {
        var shell = spawn(new ChildStart(
            "orphan guard", "/bin/sh", ["-c", Script], "/", new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }));
        return new OrphanGuard(shell);
    }

    /// <summary>The guard's process id.</summary>
    public int Id => _shell.Id;

    /// <summary>From now on the group ends with the host.</summary>
    public void Add(int group) => Write($"+{group}\n");

    /// <summary>The group ended.</summary>
    public void Remove(int group) => Write($"-{group}\n");

    /// <summary>Lets the guard end what is left, and end itself.</summary>
    public void Dispose()
    {
        _shell.Input.Dispose();
        _shell.Exited.ContinueWith(_ => _shell.Dispose(), TaskScheduler.Default);
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            try
            {
                _shell.Input.Write(Encoding.ASCII.GetBytes(line));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The guard was killed from outside: the recorded process ids remain for the next start.
            }
        }
    }
}
