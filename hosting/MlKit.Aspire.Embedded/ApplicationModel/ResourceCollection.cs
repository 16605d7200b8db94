using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The default <see cref="IResourceCollection"/>: a list that enumerates the state at the start of the enumeration.</summary>
internal sealed class ResourceCollection : IResourceCollection
{
    private readonly List<IResource> _resources;
    private readonly Lock _gate = new();

    public ResourceCollection(IEnumerable<IResource>? resources = null) => _resources = [.. resources ?? []];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _resources.Count;
            }
        }
    }

    public bool IsReadOnly => false;

    public IResource this[int index]
    {
        get
        {
            lock (_gate)
            {
                return _resources[index];
            }
        }

        set
        {
            lock (_gate)
            {
                _resources[index] = value;
            }
        }
    }

    public void Add(IResource item) => Insert(Count, item);

    public void Clear()
    {
        lock (_gate)
        {
            _resources.Clear();
        }
    }

    public bool Contains(IResource item) => IndexOf(item) >= 0;

    public void CopyTo(IResource[] array, int arrayIndex)
    {
        lock (_gate)
        {
            _resources.CopyTo(array, arrayIndex);
        }
    }

    public IEnumerator<IResource> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int IndexOf(IResource item)
    {
        lock (_gate)
        {
            return _resources.IndexOf(item);
        }
    }

    public void Insert(int index, IResource item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            _resources.Insert(index, item);
        }
    }

    public bool Remove(IResource item)
    {
        lock (_gate)
        {
            return _resources.Remove(item);
        }
    }

    public void RemoveAt(int index)
    {
        lock (_gate)
        {
            _resources.RemoveAt(index);
        }
    }

    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
    {
        resource = Snapshot().FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
        return resource is not null;
    }

    private IEnumerable<IResource> Snapshot()
    {
        lock (_gate)
        {
            return [.. _resources];
        }
    }
}
