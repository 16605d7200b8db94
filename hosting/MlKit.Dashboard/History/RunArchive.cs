using Microsoft.Data.Sqlite;

namespace MlKit.Dashboard.History;

/// <summary>The runs of this application: the one that goes on, and the past ones on disk.</summary>
internal sealed partial class RunArchive(RunData live, HistoryOptions options, RunReplay replay, ILogger<RunArchive> logger)
{
    private const int KeptOpen = 2;
    private readonly Lock _lock = new();
    private readonly List<RunData> _open = [];
    private readonly string _runs = RunFolder.RunsOf(options.Directory, live.Info.Application);

    /// <summary>True when runs are kept.</summary>
    public bool IsOn => options.IsOn;

    /// <summary>The run that goes on now.</summary>
    public RunData Live => live;

    /// <summary>The files of the run that goes on now.</summary>
    public RunFolder LiveFolder => new(Path.Combine(_runs, live.Info.Id));

    /// <summary>The past runs, newest first.</summary>
    public IReadOnlyList<RunInfo> Past() => !IsOn || !Directory.Exists(_runs) ? [] :
    [
        .. Directory.EnumerateDirectories(_runs)
            .Select(path => (Name: Path.GetFileName(path), Info: new RunFolder(path).Load()))
            .Where(run => run.Info is not null && run.Name == run.Info.Id && run.Name != live.Info.Id && RunFolder.IsRunId(run.Name))
            .Select(run => run.Info!)
            .OrderByDescending(run => run.StartedAt),
    ];

    /// <summary>A run by its name; null when it is not kept. A past one is read from disk, and stays open for a while.</summary>
    public RunData? Open(string id)
    {
        if (id == live.Info.Id)
        {
            return live;
        }

        if (!IsOn || !RunFolder.IsRunId(id))
        {
            return null;
        }

        lock (_lock)
        {
            var run = _open.Find(open => open.Info.Id == id) ?? Read(id);
            if (run is not null)
            {
                _open.Remove(run);
                _open.Add(run);
                _open.RemoveRange(0, Math.Max(0, _open.Count - KeptOpen));
            }

            return run;
        }
    }

    /// <summary>Deletes the oldest runs beyond the limit on their number.</summary>
    public void DeleteOldest()
    {
        foreach (var run in Past().Skip(options.MaxRunCount - 1))
        {
            try
            {
                Directory.Delete(Path.Combine(_runs, run.Id), recursive: true);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                LogNotDeleted(run.Id, problem.Message);
            }
        }
    }

    private RunData? Read(string id)
    {
        var folder = new RunFolder(Path.Combine(_runs, id));
        if (folder.Load() is not { } info || !File.Exists(folder.Database))
        {
            return null;
        }

        try
        {
            using var database = RunDatabase.OpenRead(folder.Database);
            return new RunData(info, replay.Read(database), IsLive: false);
        }
        catch (Exception problem) when (problem is SqliteException or IOException or InvalidDataException or Google.Protobuf.InvalidProtocolBufferException)
        {
            LogUnreadable(id, problem.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The past run {Run} could not be deleted: {Problem}")]
    private partial void LogNotDeleted(string run, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The past run {Run} could not be read: {Problem}")]
    private partial void LogUnreadable(string run, string problem);
}
