using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The ordered annotations of one resource. Enumerating is safe while others are added: it sees the state at its start.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>, IEnumerable<IResourceAnnotation>
{
    private readonly Lock _gate = new();

    /// <summary>Creates an empty collection.</summary>
    public ResourceAnnotationCollection()
        : base([])
    {
    }

    /// <summary>Enumerates the annotations that are there now.</summary>
    public new IEnumerator<IResourceAnnotation> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator<IResourceAnnotation> IEnumerable<IResourceAnnotation>.GetEnumerator() => GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected override void ClearItems()
    {
        lock (_gate)
        {
            base.ClearItems();
        }
    }

    /// <inheritdoc/>
    protected override void InsertItem(int index, IResourceAnnotation item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            base.InsertItem(index, item);
        }
    }

    /// <inheritdoc/>
    protected override void RemoveItem(int index)
    {
        lock (_gate)
        {
            base.RemoveItem(index);
        }
    }

    /// <inheritdoc/>
    protected override void SetItem(int index, IResourceAnnotation item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            base.SetItem(index, item);
        }
    }

    private IEnumerable<IResourceAnnotation> Snapshot()
    {
        lock (_gate)
        {
            return [.. Items];
        }
    }
}

/// <summary>How an annotation joins those of its type.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>After the earlier ones.</summary>
    Append = 0,

    /// <summary>In place of all earlier ones of the same type.</summary>
    Replace = 1,
}
