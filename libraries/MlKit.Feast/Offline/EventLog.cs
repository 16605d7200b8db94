using System.Globalization;
using MlKit.Storage;

namespace MlKit.Feast;

/// <summary>
/// Appends events, for example feedback, as Parquet files below a folder or <c>s3://bucket/prefix</c>:
/// <c>date=YYYY-MM-DD/writer=ID/part-TIME-ID.parquet</c>, by the day (UTC) of the event. Each append adds files of its own
/// and changes none, so writers need not know of each other, and a reader sees whole files only. DuckDB reads all of it
/// with <c>read_parquet('LOCATION/**/*.parquet', hive_partitioning = true)</c>. Safe for use by many threads.
/// </summary>
public sealed class EventLog : IDisposable
{
    private const string Day = "yyyy-MM-dd";

    private readonly IObjectStore _store;
    private readonly IReadOnlyList<Field> _columns;
    private readonly TimeProvider _time;

    /// <summary>Opens the log; nothing is written before the first append.</summary>
    /// <param name="location">Folder, <c>file:</c> URI, or <c>s3://bucket/prefix</c>.</param>
    /// <param name="columns">Names and types of the columns beside the time; the same in every file.</param>
    /// <param name="writer">Name of this writer, letters, digits, <c>-</c> and <c>_</c>; a random one unless given.</param>
    /// <param name="time">The clock for names of files; the system's unless given.</param>
    /// <param name="s3">How <c>s3://</c> locations are reached.</param>
    /// <exception cref="FeastException">A column's type cannot be in a file, or the writer's name is not allowed.</exception>
    public EventLog(string location, IReadOnlyList<Field> columns, string? writer = null, TimeProvider? time = null, S3Options? s3 = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.FirstOrDefault(column => DuckType.Of(column.Type) is null) is { } wrong)
        {
            throw new FeastException($"column '{wrong.Name}' is of type {wrong.Type}, which cannot be written to files");
        }

        Writer = writer ?? Guid.NewGuid().ToString("n")[..12];
        if (Writer.Length == 0 || !Writer.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new FeastException($"the writer of an event log is called '{Writer}'; allowed are letters, digits, '-' and '_'");
        }

        _store = ObjectStores.Open(location, s3);
        _columns = columns;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Name of this writer.</summary>
    public string Writer { get; }

    /// <summary>The column that says when an event happened; its day chooses the folder.</summary>
    public string TimeColumn { get; init; } = "event_timestamp";

    /// <summary>
    /// Adds events: one file per day that is among them. They are there when the call returns, on disk or in the bucket;
    /// after an error none of them is.
    /// </summary>
    /// <param name="events">The time and the declared columns; further columns are left out.</param>
    /// <param name="cancellationToken">Stops between files; none of them stays then.</param>
    /// <returns>The new files, relative to the log's location.</returns>
    /// <exception cref="FeastException">A column is absent or holds values of another type, a time is missing, or the log cannot be written.</exception>
    public async Task<IReadOnlyList<string>> AppendAsync(FeatureFrame events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.RowCount == 0)
        {
            return [];
        }

        var folder = Directory.CreateTempSubdirectory("mlkit-feast-events-").FullName;
        var added = new List<string>();
        try
        {
            // All files are made before the first is published: a bad value leaves nothing behind.
            foreach (var (key, file) in await Task.Run(() => Files(events, folder), cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await using var content = File.OpenRead(file);
                await _store.WriteAsync(key, content, WriteCondition.IsAbsent, cancellationToken);
                added.Add(key);
            }

            return added;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await RemoveAsync(added);
            throw new FeastException($"the event log '{_store.Root}' cannot be written: {error.Message}", error);
        }
        catch (Exception)
        {
            await RemoveAsync(added);
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (_store as IDisposable)?.Dispose();

    private async Task RemoveAsync(List<string> keys)
    {
        foreach (var key in keys)
        {
            await _store.DeleteAsync(key, CancellationToken.None);
        }
    }

    private List<(string Key, string File)> Files(FeatureFrame events, string folder)
    {
        var times = Times(events[TimeColumn]);
        var name = $"part-{_time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss.ffffff", CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}.parquet";
        using var session = new DuckSession(new OfflineStoreOptions());
        List<(string Name, ValueType Type)> columns = [(TimeColumn, ValueType.UnixTimestamp), .. _columns.Select(column => (column.Name, column.Type))];
        var values = _columns.Select(column => (events[column.Name], column.Type)).ToList();
        DuckWriter.Fill(
            session, "events", [.. columns.Select(column => (column.Name, DuckType.Of(column.Type)!))], events.RowCount,
            (row, column) => column == 0 ? OfflineValue.Utc(times[row]) : Value(values[column - 1].Item1, values[column - 1].Type, row));
        var select = string.Join(", ", columns.Select(column => $"{DuckType.ToFile(DuckType.Name(column.Name), column.Type)} AS {DuckType.Name(column.Name)}"));
        var files = new List<(string, string)>();
        foreach (var day in times.Select(time => time.UtcDateTime.Date).Distinct().Order())
        {
            var text = day.ToString(Day, CultureInfo.InvariantCulture);
            var file = Path.Combine(folder, $"{text}.parquet");
            ParquetFiles.Write(session, $"SELECT {select} FROM events WHERE CAST({DuckType.Name(TimeColumn)} AS DATE) = DATE '{text}'", file);
            files.Add(($"date={text}/writer={Writer}/{name}", file));
        }

        return files;
    }

    private static DateTimeOffset[] Times(FeatureColumn column)
    {
        var times = new DateTimeOffset[column.Count];
        for (var row = 0; row < times.Length; row++)
        {
            times[row] = OfflineValue.EventTime(column[row], column.Name, row)
                ?? throw new FeastException($"column '{column.Name}' row {row.ToString(CultureInfo.InvariantCulture)} has no time");
        }

        return times;
    }

    private static object? Value(FeatureColumn column, ValueType type, int row)
    {
        try
        {
            return OfflineValue.ForFile(column[row], type);
        }
        catch (FeastException error)
        {
            throw new FeastException($"column '{column.Name}' row {row.ToString(CultureInfo.InvariantCulture)}: {error.Message}", error);
        }
    }
}
